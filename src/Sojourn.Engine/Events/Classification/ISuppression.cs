namespace Sojourn.Events.Classification;

/// <summary>
/// Says which events are no people's doing. Pure: the same events get the same answer, whatever
/// the order they came in. Safe to use from several threads.
/// </summary>
public interface ISuppression
{
    /// <summary>The rule that suppresses an event by what it says itself, or null.</summary>
    string? RuleFor(Event e);

    /// <summary>
    /// How far apart events are at most that decide about each other, microseconds: less than a
    /// minute, and so less than any timeout; 0 = each is judged by itself.
    /// </summary>
    long ReachUs { get; }

    /// <summary>
    /// True when the events around it may decide about it, or it about them.
    /// </summary>
    bool Watches(Event e);

    /// <summary>
    /// Adds the rules that suppress events because of those around them.
    /// </summary>
    /// <param name="run">Events of one person, in order; only watched ones matter.</param>
    /// <param name="rules">
    /// For each event the rule so far, or null; those it has already stay.
    /// </param>
    void Mark(IReadOnlyList<Event> run, string?[] rules);
}

/// <summary>Judges each event by itself.</summary>
/// <param name="ruleFor">The rule that suppresses an event, or null; pure.</param>
public sealed class EachAlone(Func<Event, string?> ruleFor) : ISuppression
{
    /// <summary>Suppresses nothing.</summary>
    public static EachAlone Nothing { get; } = new(static _ => null);

    /// <inheritdoc/>
    public string? RuleFor(Event e) => ruleFor(e);

    /// <inheritdoc/>
    public long ReachUs => 0;

    /// <inheritdoc/>
    public bool Watches(Event e) => false;

    /// <inheritdoc/>
    public void Mark(IReadOnlyList<Event> run, string?[] rules)
    {
    }
}

/// <summary>Judges the events of one person together.</summary>
public static class SuppressionOfRuns
{
    /// <summary>The rule for each event of one person, in order; null where it counts.</summary>
    public static string?[] RulesFor(this ISuppression suppression, IReadOnlyList<Event> run)
    {
        var rules = new string?[run.Count];
        var watched = false;
        for (var i = 0; i < rules.Length; i++)
        {
            rules[i] = suppression.RuleFor(run[i]);
            watched |= suppression.Watches(run[i]);
        }

        if (watched)
            suppression.Mark(run, rules);
        return rules;
    }
}
