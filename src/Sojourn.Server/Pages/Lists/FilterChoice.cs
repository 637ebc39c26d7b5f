using Sojourn.Sessions;

namespace Sojourn.Server.Pages.Lists;

/// <summary>A filter people can set. A closed family.</summary>
/// <param name="Title">Its name on the screen.</param>
public abstract record FilterChoice(string Title);

/// <summary>Some of a field's values, each with its count.</summary>
/// <param name="Field">The field; a counted one.</param>
/// <param name="Title">Its name on the screen.</param>
public sealed record ValueFilter(Field Field, string Title) : FilterChoice(Title)
{
    /// <summary>The words of its values; values without one stand for themselves.</summary>
    public IReadOnlyDictionary<string, string> Words { get; init; } =
        new Dictionary<string, string>();

    /// <summary>The signs of its values, names in <c>icons.svg</c>.</summary>
    public IReadOnlyDictionary<string, string> Icons { get; init; } =
        new Dictionary<string, string>();

    /// <summary>True when its values are names of events.</summary>
    public bool OfEvents { get; init; }

    /// <summary>True when its values are statuses, shown as badges.</summary>
    public bool OfStatuses { get; init; }

    /// <summary>True when its values are country codes.</summary>
    public bool OfCountries { get; init; }
}

/// <summary>One word of a field whose values are not counted, typed.</summary>
/// <param name="Field">The field.</param>
/// <param name="Title">Its name on the screen.</param>
public sealed record NameFilter(Field Field, string Title) : FilterChoice(Title);

/// <summary>A field within bounds.</summary>
/// <param name="Field">The field as a lens names it, for <c>_min</c> and <c>_max</c>.</param>
/// <param name="Title">Its name on the screen.</param>
/// <param name="Unit">What the numbers are, or empty.</param>
public sealed record RangeFilter(string Field, string Title, string Unit) : FilterChoice(Title)
{
    /// <summary>What stands after a number so that the API understands it, e.g. <c>m</c>.</summary>
    public string Suffix { get; init; } = "";
}

/// <summary>When sessions started.</summary>
/// <param name="Title">Its name on the screen.</param>
public sealed record PeriodFilter(string Title) : FilterChoice(Title)
{
    /// <summary>The lengths offered, as in <c>within=</c>, with their words.</summary>
    public static IReadOnlyList<(string Value, string Words, TimeSpan Length)> Lengths { get; } =
    [
        ("1h", "Last hour", TimeSpan.FromHours(1)),
        ("24h", "Last 24 hours", TimeSpan.FromHours(24)),
        ("7d", "Last 7 days", TimeSpan.FromDays(7)),
        ("30d", "Last 30 days", TimeSpan.FromDays(30)),
        ("90d", "Last 90 days", TimeSpan.FromDays(90)),
    ];
}
