using Sojourn.Events.Rules;

namespace Sojourn.Kinds.Visits.Leads;

/// <summary>How a project's events give points, as it is saved.</summary>
public sealed record ScoringSet : IRuleSet
{
    /// <summary>What the set is called where rules are kept.</summary>
    public const string Name = "scoring";

    /// <summary>Most rules of a project.</summary>
    public const int RulesMax = 200;

    /// <summary>Most levels of a project.</summary>
    public const int LevelsMax = 10;

    /// <summary>The set of a project that saved none: no rules and the usual levels.</summary>
    public static ScoringSet Default { get; } = new();

    /// <summary>The rules; each that holds for an event gives its points.</summary>
    public IReadOnlyList<ScoringRule> Rules { get; init; } = [];

    /// <summary>
    /// Days in which a lead's score halves; null = it stays. Points of sessions never decay.
    /// </summary>
    public int? HalfLifeDays { get; init; }

    /// <summary>Names for scores, lowest first; the first one also holds below its bound.</summary>
    public IReadOnlyList<ScoreLevel> Levels { get; init; } =
    [
        new("cold", 0), new("warm", 25), new("hot", 50), new("very_hot", 75),
    ];

    /// <summary>The level of a score.</summary>
    public string LevelOf(long score)
    {
        var level = Levels[0].Name;
        foreach (var one in Levels)
        {
            if (score >= one.From)
                level = one.Name;
        }

        return level;
    }

    /// <inheritdoc/>
    public RuleFault? Fault()
    {
        if (Rules is null || Rules.Count > RulesMax)
        {
            return new(RuleFault.Invalid, "rules", "There are too many rules, or no list of them.",
                $"Use a list of up to {RulesMax}.");
        }

        for (var i = 0; i < Rules.Count; i++)
        {
            var field = $"rules[{i}]";
            if (Rules[i] is null)
                return new(RuleFault.Invalid, field, "The rule is empty.", "Remove it.");
            if (Rules[i].FaultAt(field) is { } fault)
                return fault;
            if (Rules.Take(i).Any(one => one.Id == Rules[i].Id))
            {
                return new(RuleFault.Invalid, field + ".id",
                    $"Two rules have the id {Rules[i].Id}.", "Give each an id of its own.");
            }
        }

        return HalfLifeDays is < 1 or > 3650
            ? new(RuleFault.Invalid, "half_life_days", "The half-life is out of range.",
                "Use 1 to 3650 days, or leave it out.")
            : FaultOfLevels();
    }

    private RuleFault? FaultOfLevels()
    {
        if (Levels is null or [] || Levels.Count > LevelsMax
            || Levels.Any(one => one?.Name is not { Length: >= 1 and <= 40 }))
        {
            return new(RuleFault.Invalid, "levels", "The levels are not 1 to 10 named bounds.",
                "Name each in 1 to 40 characters.");
        }

        for (var i = 1; i < Levels.Count; i++)
        {
            if (Levels[i].From <= Levels[i - 1].From)
            {
                return new(RuleFault.NeverMatches, $"levels[{i}].from",
                    $"No score is {Levels[i].Name}: its bound is not above the one before.",
                    "List levels from the lowest to the highest.");
            }
        }

        return null;
    }
}

/// <summary>A name for scores from a bound on.</summary>
/// <param name="Name">Lower case, e.g. <c>hot</c>.</param>
/// <param name="From">The least score.</param>
public sealed record ScoreLevel(string Name, int From);
