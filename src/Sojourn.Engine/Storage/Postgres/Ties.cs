using Sojourn.Events;
using Sojourn.Sessions;

namespace Sojourn.Storage.Postgres;

/// <summary>Which buckets an event ties together, because it may let one decide another.</summary>
internal static class Ties
{
    /// <summary>The buckets of an event, its own first.</summary>
    public static long[] Of(Event e, IReadOnlyList<SessionKind> kinds)
    {
        var own = Bucket.Of(e, kinds);
        return own == Bucket.Nobody
            ? []
            : [own, .. Names(e, kinds).Select(Bucket.Of).Where(bucket => bucket != own)];
    }

    // A claimed user labels its device's stretch and joins it to nothing.
    private static IEnumerable<string> Names(Event e, IReadOnlyList<SessionKind> kinds)
    {
        if (e.Trust != Trust.Claimed && Users.NamedBy(e) is { } user)
            yield return "u:" + user;

        if (Users.AliasedBy(e) is { } previous)
        {
            yield return "u:" + previous;
            yield return "d:" + previous;
        }

        foreach (var kind in kinds)
        {
            if (!kind.ByPerson && kind.KeyOf(e) is { } key)
                yield return key;
        }
    }
}
