using System.Globalization;
using Sojourn.Events.Rules;
using Sojourn.Kinds.Checkouts.Reasons;
using Sojourn.Server.Pages.Rules;

namespace Sojourn.Server.Pages.Lenses.Checkouts.Rules;

/// <summary>
/// The rules about why forms are left, asked in a form: which are in force, from which bounds, how
/// certain. What they look for, and their order, is changed in their text.
/// </summary>
internal static class ReasonForm
{
    /// <summary>The places of the rules in force.</summary>
    public const string Enabled = "enabled";

    /// <summary>How certain the rule at a place is.</summary>
    public const string Confidence = "confidence_";

    /// <summary>The form.</summary>
    public static RuleForm Form { get; } = new(ReasonSet.Name, typeof(ReasonFields), Read);

    /// <summary>The bounds a rule can have; only those it has are asked.</summary>
    public static IReadOnlyList<ReasonBound> Bounds { get; } =
    [
        new("percent_", "% of the cart", 1000, rule => rule.MinPercent,
            (rule, value) => rule with { MinPercent = value }),
        new("count_", "times", 1000, rule => rule.MinCount,
            (rule, value) => rule with { MinCount = value }),
        new("seconds_", "seconds", 86_400, rule => rule.MinSeconds,
            (rule, value) => rule with { MinSeconds = value }),
        new("within_", "seconds before leaving, at most", 86_400, rule => rule.WithinSeconds,
            (rule, value) => rule with { WithinSeconds = value }),
        new("days_", "days", 365, rule => rule.MinDays,
            (rule, value) => rule with { MinDays = value }),
    ];

    private static RuleFormAnswer Read(IFormCollection form, string json)
    {
        var set = RuleJson.Read(new RuleText(0, json), ReasonSet.Default);
        var rules = new List<ReasonRule>();
        for (var i = 0; i < set.Rules.Count; i++)
        {
            if (Changed(set.Rules[i], i.ToString(CultureInfo.InvariantCulture), form)
                is not { } rule)
            {
                return new(null, new(RuleFault.Invalid, $"rules[{i}]",
                    "A bound or a confidence is no number.",
                    "Use whole numbers for bounds and 0.01 to 1 for confidence."));
            }

            rules.Add(rule);
        }

        return new(RuleJson.Write(set with { Rules = rules }), null);
    }

    private static ReasonRule? Changed(ReasonRule rule, string at, IFormCollection form)
    {
        if (!decimal.TryParse(
            form[Confidence + at], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var confidence))
        {
            return null;
        }

        var changed = rule with
        {
            Confidence = confidence,
            Enabled = form[Enabled].Contains(at),
        };
        foreach (var bound in Bounds.Where(one => one.Of(rule) is not null))
        {
            if (!int.TryParse(
                form[bound.Name + at], NumberStyles.None, CultureInfo.InvariantCulture,
                out var value))
            {
                return null;
            }

            changed = bound.With(changed, value);
        }

        return changed;
    }
}

/// <summary>A bound that a rule about reasons can have.</summary>
/// <param name="Name">What its field's name begins with.</param>
/// <param name="Unit">What it counts, in English.</param>
/// <param name="Max">The greatest that makes sense.</param>
/// <param name="Of">What a rule has; null = none.</param>
/// <param name="With">The rule with another.</param>
internal sealed record ReasonBound(
    string Name, string Unit, int Max,
    Func<ReasonRule, int?> Of, Func<ReasonRule, int, ReasonRule> With);
