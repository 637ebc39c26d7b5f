using Sojourn.Kinds.Checkouts;
using Sojourn.Server.Pages.Lists;

namespace Sojourn.Server.Pages.Pipeline;

/// <summary>What the board's address has besides the question of its list.</summary>
internal static class BoardAddress
{
    /// <summary>The page, below a project.</summary>
    public const string Path = "checkouts/pipeline";

    /// <summary>The checkout whose card is opened at the side.</summary>
    public const string Card = "card";

    /// <summary>The template that the opened card shows a message of.</summary>
    public const string Template = "template";

    /// <summary>One of the priorities.</summary>
    public const string Priority = "priority";

    /// <summary>Whose follow-ups are listed; <see cref="Mine"/> or everybody's.</summary>
    public const string Due = "due";

    /// <summary>Only the reader's own follow-ups.</summary>
    public const string Mine = "mine";

    /// <summary>The columns, in order. A parameter of that name: how many cards it has.</summary>
    public static IReadOnlyList<string> Statuses { get; } =
    [
        CheckoutStatus.Abandoned, CheckoutStatus.Contacted, CheckoutStatus.Negotiating,
        CheckoutStatus.Recovered, CheckoutStatus.Lost,
    ];

    /// <summary>Those that are still to be worked on.</summary>
    public static IReadOnlyList<string> Open { get; } = [.. Statuses.Take(3)];

    /// <summary>The page as another view of its list.</summary>
    public static OtherView View { get; } = new(Path, "Pipeline", "board")
    {
        FullTitle = "Recovery pipeline",
        Statuses = Open,
        Keys = "g b",
    };

    // The board decides itself about these.
    private static readonly HashSet<string> NotAsked =
    [
        Card, Template, Priority, Due, .. Statuses, "status", "sort", "limit", "offset", "cursor",
        "archived", .. PriorityBand.Fields.SelectMany(one => new[] { one + "_min", one + "_max" }),
    ];

    /// <summary>What of it filters as the list does.</summary>
    public static ListAddress QuestionOf(ListAddress address) => address with
    {
        Parameters = [.. address.Parameters.Where(one => !NotAsked.Contains(one.Key))],
    };
}
