namespace Sojourn.Events.Rules;

/// <summary>Which events a rule is about.</summary>
public sealed record EventCondition
{
    /// <summary>Most names and most tests of one condition.</summary>
    public const int PartsMax = 20;

    /// <summary>The names, any of which will do; empty = every event.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>Tests that must all hold.</summary>
    public IReadOnlyList<PropertyTest> Where { get; init; } = [];

    /// <summary>True when an event meets it.</summary>
    public bool Holds(Event e)
    {
        if (Events.Count > 0 && !Events.Contains(e.Name, StringComparer.Ordinal))
            return false;

        foreach (var test in Where)
        {
            if (!test.Holds(e))
                return false;
        }

        return true;
    }

    /// <summary>What is wrong with it, or why no event can ever meet it; null when well.</summary>
    /// <param name="field">Where it stands, e.g. <c>rules[0]</c>.</param>
    public RuleFault? FaultAt(string field)
    {
        if (Events is null || Where is null || Events.Count > PartsMax || Where.Count > PartsMax)
        {
            return new(RuleFault.Invalid, field, "The condition has too many parts, or none.",
                $"Use lists of up to {PartsMax} event names and tests.");
        }

        if (Events.Any(name => name is null or "" || name.Length > 200))
        {
            return new(RuleFault.NeverMatches, field + ".events", "No event has such a name.",
                "Event names have 1 to 200 characters.");
        }

        for (var i = 0; i < Where.Count; i++)
        {
            if (Where[i] is not { } test)
                return new(RuleFault.Invalid, $"{field}.where[{i}]", "It is empty.", "Remove it.");
            if (test.FaultAt($"{field}.where[{i}]") is { } fault)
                return fault;
        }

        return FaultTogether(field);
    }

    private RuleFault? FaultTogether(string field)
    {
        foreach (var one in Where)
        {
            if (Where.FirstOrDefault(one.Excludes) is { } other)
            {
                return new(
                    RuleFault.NeverMatches,
                    field + ".where",
                    $"No event meets both tests of {one.Property}, so the rule never matches.",
                    $"Remove one of them, or ask for {other.Property} in two rules.");
            }
        }

        return null;
    }
}
