using System.Collections.Immutable;
using Sojourn.Events;
using Sojourn.Events.Rules;

namespace Sojourn.Kinds.Visits.Leads;

/// <summary>
/// How far a visit has come on the way to each intent. Immutable; only steps that say something
/// new make another.
/// </summary>
internal sealed class IntentTrail
{
    private readonly JourneySet _set;
    private readonly ImmutableArray<ImmutableArray<string>> _sequences;
    private readonly ImmutableDictionary<string, ImmutableArray<(string Page, string Event)>> _seen;

    private IntentTrail(
        JourneySet set,
        ImmutableArray<ImmutableArray<string>> sequences,
        ImmutableDictionary<string, ImmutableArray<(string Page, string Event)>> seen) =>
        (_set, _sequences, _seen) = (set, sequences, seen);

    /// <summary>The start of every visit.</summary>
    public static IntentTrail At(JourneySet set) => new(
        set,
        [.. set.Intents.Select(_ => ImmutableArray<string>.Empty)],
        ImmutableDictionary<string, ImmutableArray<(string, string)>>.Empty);

    /// <summary>The trail after an event about a topic.</summary>
    public IntentTrail With(Event e, string topic)
    {
        var sequences = _sequences;
        for (var i = 0; i < sequences.Length; i++)
        {
            if (_set.Intents[i].Sequence is { } wanted
                && sequences[i].Length < wanted.Count && wanted[sequences[i].Length] == topic)
            {
                sequences = sequences.SetItem(i, sequences[i].Add(e.Id));
            }
        }

        // The same page again says nothing new.
        var page = EventFacts.PathOf(EventFacts.UrlOf(e)) ?? e.Name;
        var pages = _seen.GetValueOrDefault(topic, []);
        var seen = pages.Length >= IntentRule.TopicsMax || pages.Any(one => one.Page == page)
            ? _seen
            : _seen.SetItem(topic, pages.Add((page, e.Id)));
        return sequences == _sequences && seen == _seen
            ? this
            : new IntentTrail(_set, sequences, seen);
    }

    /// <summary>The first intent whose rule holds.</summary>
    /// <param name="events">Events that count.</param>
    /// <param name="first">The id of the first of them.</param>
    public IntentFound Judge(int events, string first)
    {
        for (var i = 0; i < _sequences.Length; i++)
        {
            var rule = _set.Intents[i];
            if ((rule.Sequence is null || _sequences[i].Length == rule.Sequence.Count)
                && (rule.AtLeast is null
                    || _seen.GetValueOrDefault(rule.AtLeast.Topic, []).Length >= rule.AtLeast.Count)
                && (rule.Without is null || !rule.Without.Any(_seen.ContainsKey))
                && !(events > rule.EventsMax))
            {
                return new IntentFound(rule.Intent, rule.Name, EvidenceOf(rule, i, first));
            }
        }

        return new IntentFound("none", null, []);
    }

    private ImmutableArray<string> EvidenceOf(IntentRule rule, int place, string first)
    {
        var counted = rule.AtLeast is { } least
            ? _seen.GetValueOrDefault(least.Topic, []).Take(least.Count).Select(one => one.Event)
            : [];
        ImmutableArray<string> evidence = [.. _sequences[place].Concat(counted).Distinct()];
        return evidence.IsEmpty ? [first] : evidence;
    }
}
