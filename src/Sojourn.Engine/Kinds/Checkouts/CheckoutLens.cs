using Sojourn.Queries;

namespace Sojourn.Kinds.Checkouts;

/// <summary>The list of order forms that were begun.</summary>
public static class CheckoutLens
{
    private static readonly CheckoutKind Kind = new();

    /// <summary>The list.</summary>
    public static Lens Checkouts { get; } = new()
    {
        Name = "checkouts",
        Singular = "checkout",
        Kind = Kind,
        Fields = Kind.Fields,
        Passing = [("priority", CheckoutFields.LevelAt)],
        Statuses =
        [
            CheckoutStatus.Live, CheckoutStatus.Abandoned, CheckoutStatus.Contacted,
            CheckoutStatus.Negotiating, CheckoutStatus.Recovered, CheckoutStatus.Lost,
            CheckoutStatus.Converted,
        ],
    };
}
