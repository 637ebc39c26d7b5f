using Sojourn.Events;
using Sojourn.Events.Classification;

namespace Sojourn.Sessions.Live;

/// <summary>
/// The people an alias would join, with all that decides their visits, to be folded with and
/// without it. Holds copies, so that nobody waits while it runs.
/// </summary>
public sealed class AliasTrial
{
    /// <summary>Most events it takes: two folds of these stay below a second.</summary>
    public const int EventsMax = 50_000;

    private readonly Folding _folding;
    private readonly ISuppression _suppression;
    private readonly IReadOnlyList<StaffAction> _actions;
    private readonly IReadOnlyList<Event> _events;
    private readonly HashSet<string> _keys;
    private readonly Event _alias;

    private AliasTrial(
        Folding folding,
        ISuppression suppression,
        IReadOnlyList<StaffAction> actions,
        (IReadOnlyList<Event> Events, HashSet<string> Keys, Event Alias) given)
    {
        (_folding, _suppression, _actions) = (folding, suppression, actions);
        (_events, _keys, _alias) = given;
    }

    /// <summary>Gathers the events; null when there are too many.</summary>
    internal static AliasTrial? Gather(
        Event alias,
        Folding folding,
        ISuppression suppression,
        PersonIndex persons,
        IReadOnlyList<StaffAction> actions,
        Func<int, Event> read)
    {
        var users = persons.Users;
        var (user, previous) = (alias.UserId!, Users.AliasedBy(alias)!);
        var roots = new[] { user, previous }
            .Select(users.Find).OfType<int>().Select(users.RootOf).Distinct().ToList();
        var streams = roots
            .SelectMany(root => persons.SourcesOf(new PersonRef(null, root)))
            .ToHashSet();
        if (persons.Find(Fingerprint.Of("d:" + previous)) is { } device)
            streams.Add(device);
        if (streams.Sum(stream => (long)stream.Count) > EventsMax)
            return null;

        HashSet<string> keys =
        [
            "u:" + user,
            "d:" + previous,
            .. roots.SelectMany(users.GroupOf).Select(one => "u:" + users.IdOf(one)),
        ];
        Event[] events =
        [
            .. streams.SelectMany(stream => stream.Entries.ToArray())
                .Select(entry => read(entry.Number)),
            .. roots.SelectMany(users.StaffWordsOf),
        ];
        return new AliasTrial(folding, suppression, actions, (events, keys, alias));
    }

    /// <summary>Folds both ways and compares.</summary>
    public AliasPreview Run()
    {
        var before = Fold(_events);
        var after = Fold([.. _events, _alias]);
        var starts = after.Select(PositionOf).ToArray();
        var joined = before
            .Where(IsCounted)
            .GroupBy(session => PlaceOf(starts, PositionOf(session)))
            .Where(group => group.Count() > 1)
            .Select(group => new JoinedSessions([.. group]))
            .ToList();
        return new AliasPreview(
            before.Count(IsCounted),
            after.Count(IsCounted),
            [.. joined.Take(AliasPreview.JoinedMax)],
            joined.Count);
    }

    // Other people of a device they share are folded too, and only in part.
    private List<Session> Fold(IReadOnlyList<Event> events) =>
    [
        .. Sessionizer.All([_folding.Kind], _folding.Settings, _suppression, events, _actions)
            .Where(session => _keys.Contains(session.Key))
            .OrderBy(PositionOf),
    ];

    private static bool IsCounted(Session session) =>
        session.SuppressedBy is null && !session.Archived;

    // Fresh from the fold, a session has its first event.
    private static EventPosition PositionOf(Session session) =>
        EventPosition.Of(session.FirstEvent!);

    // The last session that begins no later holds the event.
    private static int PlaceOf(EventPosition[] starts, EventPosition at)
    {
        var place = Array.BinarySearch(starts, at);
        return place < 0 ? ~place - 1 : place;
    }
}
