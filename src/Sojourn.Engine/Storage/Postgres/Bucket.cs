using Sojourn.Events;
using Sojourn.Sessions;

namespace Sojourn.Storage.Postgres;

/// <summary>
/// The first part of every key in a table that grows: rows of one bucket can live on one
/// machine. It never changes, whoever the events later turn out to belong to.
/// </summary>
internal static class Bucket
{
    /// <summary>For events that name nobody and are of no kind; they are in no session.</summary>
    public const long Nobody = 0;

    /// <summary>
    /// The number as a <c>bigint</c> of the same order. PostgreSQL knows no unsigned numbers,
    /// and ties between sessions are settled by unsigned ones.
    /// </summary>
    public static long ToRow(ulong number) => unchecked((long)(number ^ (1UL << 63)));

    /// <summary>Undoes <see cref="ToRow"/>.</summary>
    public static ulong FromRow(long row) => unchecked((ulong)row) ^ (1UL << 63);

    /// <summary>The bucket of a stream, a kind's key or an event id.</summary>
    public static long Of(string identity) => ToRow(Fingerprint.Of(identity));

    /// <summary>The bucket an event is kept in.</summary>
    public static long Of(Event e, IReadOnlyList<SessionKind> kinds)
    {
        if (e.Stream is { } stream)
            return Of(stream);
        if (e is { IsStaffWord: true, UserId: { } user })
            return Of("u:" + user);

        foreach (var kind in kinds)
        {
            if (!kind.ByPerson && kind.KeyOf(e) is { } key)
                return Of(key);
        }

        return Nobody;
    }
}
