using Sojourn.Events.Rules;

namespace Sojourn.Kinds.Checkouts.Reasons;

/// <summary>How it is told why a form was left.</summary>
public sealed record ReasonSet : IRuleSet
{
    /// <summary>What the set is called where rules are kept.</summary>
    public const string Name = "reasons";

    /// <summary>Most rules of a project.</summary>
    public const int RulesMax = 100;

    /// <summary>Most words of a rule.</summary>
    public const int WordsMax = 100;

    /// <summary>The reasons there are, in the order people see them.</summary>
    public static IReadOnlyList<string> Reasons { get; } =
    [
        "payment_failed", "coupon_friction", "shipping_cost", "form_friction", "delivery_time",
        "delivery_unavailable", "payment_choice", "stock_wait", "comparison", "price_shock",
        "distracted", "low_intent", "price_sensitivity", "shipping_speed", "product_fit",
        "trust_security", "returns_policy", "payment_options", "timing_deferred", "other",
        Reason.Unknown,
    ];

    /// <summary>The set that ships: reasons.json beside this file.</summary>
    public static ReasonSet Default { get; } = RuleJson.Shipped<ReasonSet>("reasons.json");

    /// <summary>The rules. The most certain that holds decides, then the first.</summary>
    public required IReadOnlyList<ReasonRule> Rules { get; init; }

    /// <inheritdoc/>
    public RuleFault? Fault()
    {
        if (Rules is null || Rules.Count is 0 or > RulesMax)
        {
            return new(RuleFault.Invalid, "rules", "There are no rules, or too many.",
                $"Use a list of 1 to {RulesMax}.");
        }

        for (var i = 0; i < Rules.Count; i++)
        {
            if (FaultOf(Rules[i], $"rules[{i}]") is { } fault)
                return fault;
        }

        return Contradiction();
    }

    private static RuleFault? FaultOf(ReasonRule? rule, string field)
    {
        if (rule is null || !ReasonSignals.All.ContainsKey(rule.Signal ?? ""))
        {
            return new(RuleFault.Invalid, field + ".signal", "There is no such signal.",
                $"Use one of {string.Join(", ", ReasonSignals.All.Keys)}.");
        }

        if (!Reasons.Contains(rule.Reason))
        {
            return new(RuleFault.Invalid, field + ".reason", "There is no such reason.",
                $"Use one of {string.Join(", ", Reasons)}.");
        }

        if (rule.Confidence is < 0.01m or > 1m)
        {
            return new(RuleFault.Invalid, field + ".confidence",
                "The confidence is out of range.", "Use 0.01 to 1.");
        }

        int?[] numbers =
            [rule.MinPercent, rule.MinCount, rule.MinSeconds, rule.WithinSeconds, rule.MinDays];
        return numbers.Any(one => one is < 0 or > 100_000)
            || rule.Words is { Count: 0 or > WordsMax }
            || rule.Words?.Any(word => word is not { Length: >= 1 and <= 100 }) == true
            ? new(RuleFault.Invalid, field, "A threshold or list is out of range.",
                $"Use 0 to 100000, and lists of 1 to {WordsMax} words.")
            : null;
    }

    // A rule that says the same with more certainty, and asks for nothing, hides one after it.
    private RuleFault? Contradiction()
    {
        for (var i = 0; i < Rules.Count; i++)
        {
            for (var j = 0; j < Rules.Count; j++)
            {
                var (one, other) = (Rules[i], Rules[j]);
                if (i != j && one.Enabled && other.Enabled && one.Signal == other.Signal
                    && one.Reason == other.Reason
                    && one with { Confidence = 1 } == other with { Confidence = 1 }
                    && (one.Confidence > other.Confidence
                        || (one.Confidence == other.Confidence && i < j)))
                {
                    return new(RuleFault.NeverMatches, $"rules[{j}]",
                        $"Rule {i + 1} asks for the same and is at least as certain, so rule "
                        + $"{j + 1} never decides.", "Take one of them out.");
                }
            }
        }

        return null;
    }
}
