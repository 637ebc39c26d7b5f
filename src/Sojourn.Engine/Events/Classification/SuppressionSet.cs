using Sojourn.Events.Rules;

namespace Sojourn.Events.Classification;

/// <summary>A project's own decisions about suppression, as they are saved.</summary>
public sealed record SuppressionSet : IRuleSet
{
    /// <summary>What the set is called where rules are kept.</summary>
    public const string Name = "suppression";

    /// <summary>Most filters of a project.</summary>
    public const int FiltersMax = 100;

    /// <summary>The set of a project that decided nothing.</summary>
    public static SuppressionSet Default { get; } = new();

    /// <summary>Attribute filters, for internal and test traffic; the first that holds.</summary>
    public IReadOnlyList<SuppressionFilter> Filters { get; init; } = [];

    /// <summary>Mail scanners that follow many links at once; null = not looked for.</summary>
    public MailScanners? MailScanners { get; init; } = new();

    /// <summary>True when mail opened before it was delivered was opened by a machine.</summary>
    public bool OpenBeforeDelivery { get; init; } = true;

    /// <summary>Faster than any person; null = not looked for.</summary>
    public Velocity? Velocity { get; init; }

    /// <inheritdoc/>
    public RuleFault? Fault()
    {
        if (Filters is null || Filters.Count > FiltersMax)
        {
            return new(RuleFault.Invalid, "filters", "There are too many filters, or none.",
                $"Use a list of up to {FiltersMax}.");
        }

        for (var i = 0; i < Filters.Count; i++)
        {
            if (FaultOf(Filters[i], $"filters[{i}]") is { } fault)
                return fault;
        }

        return MailScanners is { } scanners && scanners is not
        { Links: >= 2 and <= 50, WithinMs: >= 100 and <= MailScanners.WithinMsMax }
            ? new(RuleFault.Invalid, "mail_scanners", "The bounds are out of range.",
                "Use 2 to 50 links within 100 to 59000 milliseconds.")
        : Velocity is { } velocity && velocity is not
        { Events: >= 5 and <= 10_000, WithinSeconds: >= 1 and <= Velocity.WithinSecondsMax }
            ? new(RuleFault.Invalid, "velocity", "The bounds are out of range.",
                "Use 5 to 10000 events within 1 to 59 seconds.")
        : null;
    }

    private static RuleFault? FaultOf(SuppressionFilter? filter, string field) =>
        filter?.Name is not { Length: >= 1 and <= SuppressionFilter.NameCharsMax }
            || filter.When is null
            ? new(RuleFault.Invalid, field + ".name", "The filter has no name, or too long a one.",
                $"Name it in 1 to {SuppressionFilter.NameCharsMax} characters.")
        : filter.When is { Events.Count: 0, Where.Count: 0 }
            ? new(RuleFault.Invalid, field + ".when", "The filter would suppress everything.",
                "Name an event or test a property.")
        : filter.When.FaultAt(field + ".when");
}

/// <summary>Events that meet a condition are no people's doing.</summary>
/// <param name="Name">Shown as the reason, e.g. <c>internal</c>.</param>
/// <param name="When">Which events.</param>
public sealed record SuppressionFilter(string Name, EventCondition When)
{
    /// <summary>Characters of a name.</summary>
    public const int NameCharsMax = 60;

    /// <summary>False while it is switched off.</summary>
    public bool Enabled { get; init; } = true;
}

/// <summary>So many different links of mail followed in so short a time.</summary>
/// <param name="Links">Least number of different links.</param>
/// <param name="WithinMs">They are followed in less than this, milliseconds.</param>
public sealed record MailScanners(int Links = 3, int WithinMs = 2_000)
{
    /// <summary>Longest stretch looked at; below the least timeout of a project.</summary>
    public const int WithinMsMax = 59_000;
}

/// <summary>More events of one person in so short a time than a person makes.</summary>
/// <param name="Events">More than this many.</param>
/// <param name="WithinSeconds">In less than this, seconds.</param>
public sealed record Velocity(int Events, int WithinSeconds)
{
    /// <summary>Longest stretch looked at; below the least timeout of a project.</summary>
    public const int WithinSecondsMax = 59;
}
