namespace Sojourn.Kinds.Checkouts.Reasons;

/// <summary>Tells why a form was left; a pure function of what happened and the rules.</summary>
/// <param name="rules">The rules.</param>
/// <param name="version">Their version; 0 = as shipped.</param>
internal sealed class ReasonJudge(ReasonSet rules, int version)
{
    /// <summary>
    /// The reason a form would have been left for, were it left after its last event.
    /// </summary>
    public ReasonFound Judge(Checkout checkout)
    {
        var facts = new FormFacts(checkout);
        // Sorting keeps the order of equals, so the first rule goes first.
        var held = rules.Rules
            .Where(rule => rule.Enabled)
            .Select(rule => Held(rule, facts))
            .OfType<Reason>()
            .OrderByDescending(reason => reason.Confidence)
            .DistinctBy(reason => reason.Code)
            .Take(1 + ReasonFound.AlternativesMax)
            .ToList();
        return held.Count == 0
            ? new ReasonFound(
                new Reason(Reason.Unknown, 0.25m, "nothing", []), [], version)
            // That nothing is known is no other reason.
            : new ReasonFound(
                held[0], [.. held[1..].Where(one => one.Code != Reason.Unknown)], version);
    }

    private static Reason? Held(ReasonRule rule, FormFacts facts)
    {
        if (facts.Of(rule) is not { } found)
            return null;

        var code = rule.Signal == "stated" && found.Signs is [.., { Target: { } stated }]
            ? Known(stated) : rule.Reason;
        return new Reason(code, rule.Confidence, rule.Signal, found.Signs)
        {
            Where = found.Where,
        };
    }

    private static string Known(string stated) =>
        ReasonSet.Reasons.Contains(stated) ? stated : "other";
}
