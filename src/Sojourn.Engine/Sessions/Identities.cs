using Sojourn.Events;

namespace Sojourn.Sessions;

/// <summary>
/// Whom each event of a complete set counts for. Pure; see docs/guide/sessions.md.
/// </summary>
internal static class Identities
{
    /// <summary>Resolves all events together; the result is in no particular order.</summary>
    public static IReadOnlyList<PersonEvent> Resolve(IEnumerable<Event> events, long timeoutUs)
    {
        var streams = events.ToLookup(e => e.Stream);
        var users = new Users();
        foreach (var undo in streams[null].Where(e => Users.UndoneBy(e) is not null))
            users.Undo(undo);
        foreach (var e in streams.SelectMany(stream => stream))
        {
            if (Users.AliasedBy(e) is not null && !users.IsUndone(e))
                users.Join(e);
        }

        return
        [
            .. streams.SelectMany(stream => stream.Key is null
                ? stream.Select(e => new PersonEvent(e, null, false, false))
                : OfStream(users, [.. stream.Order(EventOrder.Instance)], timeoutUs)),
        ];
    }

    /// <summary>Whom the events of one stream count for.</summary>
    /// <param name="users">All users and aliases of the project.</param>
    /// <param name="stream">All events of one stream, in order.</param>
    /// <param name="timeoutUs">The project's timeout, microseconds.</param>
    private static IEnumerable<PersonEvent> OfStream(Users users, Event[] stream, long timeoutUs)
    {
        var stretches = Stretches.Of([.. stream.Select(e => MarkOf(users, e))]);
        var persons = new Person[stream.Length];
        for (int s = 0, i = 0; s < stretches.Length; s++)
        {
            for (; i < stretches[s].End; i++)
                persons[i] = PersonOf(users, stream[i], stretches[s].User);
        }

        bool Changes(int i) =>
            i > 0 && i < stream.Length
            && persons[i].Key != persons[i - 1].Key
            && stream[i].TimeUs - stream[i - 1].TimeUs < timeoutUs;

        return stream.Select((e, i) =>
            new PersonEvent(e, persons[i], Changes(i), Changes(i + 1)));
    }

    /// <summary>The user an event of a device names; see <see cref="Stretches"/>.</summary>
    internal static int MarkOf(Users users, Event e) =>
        e.AnonymousId is null || Users.NamedBy(e) is not { } named ? 0
        : e.Trust == Trust.Claimed ? -users.NumberOf(named)
        : users.NumberOf(named);

    /// <summary>The person of an event whose stretch has that user.</summary>
    internal static Person PersonOf(Users users, Event e, int stretchUser)
    {
        if (e.AnonymousId is not { } device)
        {
            return e.Trust == Trust.Claimed
                ? new Person("c:" + e.UserId, e.UserId!, e.UserId, false)
                : users.PersonOf(users.RootOf(users.NumberOf(e.UserId!)));
        }

        if (stretchUser == 0)
            stretchUser = users.AliasOfDevice(Fingerprint.Of(e.Stream!));
        return stretchUser switch
        {
            > 0 => users.PersonOf(users.RootOf(stretchUser)),
            0 => new Person("d:" + device, device, null, false),
            < 0 => Claimed(device, users.IdOf(-stretchUser)),
        };
    }

    /// <summary>The person of a device's stretch under a name that is only claimed.</summary>
    internal static Person Claimed(string device, string user) =>
        new($"d:{device}~{user}", device, user, false);
}
