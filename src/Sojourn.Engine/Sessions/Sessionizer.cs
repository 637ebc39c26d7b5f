using Sojourn.Events;

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
    /// <param name="suppressedBy">The rule that suppresses an event, or null; pure.</param>
    /// <param name="events">Every event of the project once, in any order.</param>
    /// <param name="actions">Every accepted action, in any order.</param>
    /// <returns>All sessions by kind in the order given, then key (ordinal), then start.</returns>
    public static IReadOnlyList<Session> All(
        IReadOnlyList<SessionKind> kinds,
        ProjectSettings settings,
        Func<Event, string?> suppressedBy,
        IEnumerable<Event> events,
        IEnumerable<StaffAction> actions)
    {
        var persons = Identities.Resolve(events, Micros.From(settings.Timeout));
        var anchored = actions.ToLookup(action => (action.Kind, action.AnchorEventId));
        return
        [
            .. from kind in kinds
               let folding = new Folding(kind, settings, suppressedBy)
               from run in Runs(kind, persons)
               from session in Fold(folding, run.Key, run, anchored)
               select session,
        ];
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
