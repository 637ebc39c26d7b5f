using Sojourn.Events;
using Sojourn.Events.Classification;

namespace Sojourn.Sessions;

/// <summary>
/// Sessions as a pure function of events and accepted actions: what every other way to compute
/// them must agree with.
/// </summary>
public static class Sessionizer
{
    /// <summary>Folds a complete set of events.</summary>
    /// <param name="kinds">The kinds of sessions wanted.</param>
    /// <param name="settings">What the project decided.</param>
    /// <param name="suppression">Which events do not count.</param>
    /// <param name="events">Every event of the project once, in any order.</param>
    /// <param name="actions">Every accepted action, in any order.</param>
    /// <returns>All sessions by kind in the order given, then key (ordinal), then start.</returns>
    public static IReadOnlyList<Session> All(
        IReadOnlyList<SessionKind> kinds,
        ProjectSettings settings,
        ISuppression suppression,
        IEnumerable<Event> events,
        IEnumerable<StaffAction> actions)
    {
        var persons = Classify(events, settings, suppression);
        var anchored = actions.ToLookup(action => (action.Kind, action.AnchorEventId));
        return
        [
            .. from kind in kinds
               let folding = new Folding(kind, settings)
               from run in Runs(kind, persons)
               from session in Fold(folding, run.Key, run, anchored)
               select session,
        ];
    }

    /// <summary>A complete set of events with persons and the rules that suppress them.</summary>
    internal static IReadOnlyList<PersonEvent> Classify(
        IEnumerable<Event> events, ProjectSettings settings, ISuppression suppression) =>
        Classified(Identities.Resolve(events, Micros.From(settings.Timeout)), suppression);

    private static IReadOnlyList<PersonEvent> Classified(
        IReadOnlyList<PersonEvent> events, ISuppression suppression) =>
    [
        .. events.GroupBy(one => one.Person?.Key).SelectMany(run => run.Key is null
            ? run.Select(one => one with { SuppressedBy = suppression.RuleFor(one.Event) })
            : OfPerson([.. run.OrderBy(one => one.Event, EventOrder.Instance)], suppression)),
    ];

    private static IEnumerable<PersonEvent> OfPerson(
        PersonEvent[] run, ISuppression suppression)
    {
        var rules = suppression.RulesFor([.. run.Select(one => one.Event)]);
        return run.Select((one, i) => one with { SuppressedBy = rules[i] });
    }

    private static IEnumerable<IGrouping<string, PersonEvent>> Runs(
        SessionKind kind, IReadOnlyList<PersonEvent> events) =>
        events
            .Where(one => KeyOf(kind, one) is not null)
            .GroupBy(one => KeyOf(kind, one)!, StringComparer.Ordinal)
            .OrderBy(run => run.Key, StringComparer.Ordinal);

    private static string? KeyOf(SessionKind kind, in PersonEvent one) =>
        kind.ByPerson ? one.Person?.Key : kind.KeyOf(one.Event);

    private static IEnumerable<Session> Fold(
        Folding folding,
        string key,
        IEnumerable<PersonEvent> run,
        ILookup<(string Kind, string Event), StaffAction> actions)
    {
        var fold = new KeyFold(folding, key);
        var drafts = new List<SessionDraft>();
        foreach (var next in run.OrderBy(one => one.Event, EventOrder.Instance))
        {
            if (fold.Step(next))
                drafts.Add(fold.Current!);
            foreach (var action in actions[(folding.Kind.Name, next.Event.Id)])
                fold.Current?.Take(action);
        }

        return drafts.Select(draft => draft.ToSession());
    }
}
