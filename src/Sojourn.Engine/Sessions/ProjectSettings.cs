using System.Collections.Frozen;
using System.Text.Json.Serialization;
using Sojourn.Events.Rules;

namespace Sojourn.Sessions;

/// <summary>What a project decided about its sessions.</summary>
public sealed record ProjectSettings
{
    // First, because the settings below begin with it.
    private static readonly IReadOnlyDictionary<string, RuleText> NoRules =
        FrozenDictionary<string, RuleText>.Empty;

    /// <summary>The settings of a new project.</summary>
    public static ProjectSettings Default { get; } = new();

    /// <summary>Least timeout.</summary>
    public static readonly TimeSpan TimeoutMin = TimeSpan.FromMinutes(1);

    /// <summary>Greatest timeout.</summary>
    public static readonly TimeSpan TimeoutMax = TimeSpan.FromHours(24);

    /// <summary>Silence this long, or longer, ends a visit; 1 minute to 24 hours.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>A visit is cut when it would last this long; null = never.</summary>
    public TimeSpan? MaxLength { get; init; }

    /// <summary>A visit is cut when it has this many events; null = never.</summary>
    public int? MaxEvents { get; init; }

    /// <summary>True when another campaign starts another visit.</summary>
    public bool CutAtCampaign { get; init; }

    /// <summary>True when local midnight starts another visit.</summary>
    public bool CutAtMidnight { get; init; }

    /// <summary>IANA name of the project's time zone, e.g. <c>Africa/Algiers</c>.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Three upper-case letters. Source: ISO 4217.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>False when crawlers and other machines count like people.</summary>
    public bool Suppress { get; init; } = true;

    /// <summary>Silence this long makes a live form abandoned; 1 minute to 24 hours.</summary>
    public TimeSpan AbandonAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The sets of rules the project saved, by name; a set not here is as shipped. They are kept
    /// apart from the other settings.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, RuleText> Rules { get; init; } = NoRules;

    /// <summary>How long stock is held for a cart; 5 to 60 minutes.</summary>
    public TimeSpan HoldFor { get; init; } = TimeSpan.FromMinutes(15);
}
