using System.Runtime.InteropServices;
using NpgsqlTypes;

namespace Sojourn.Storage.Postgres;

/// <summary>
/// Keeps buckets together whose events may decide each other's sessions: a device and its
/// users, two names of one person, the devices of one cart. All that a circle's sessions depend
/// on is inside it. Being too large costs time and never changes an answer.
/// </summary>
internal static class Circles
{
    /// <summary>Joins the buckets of each tie.</summary>
    /// <returns>Every bucket of every circle touched.</returns>
    public static async Task<long[]> JoinAsync(
        Work work, string project, IEnumerable<long[]> ties, CancellationToken cancel)
    {
        var sets = new DisjointSets();
        foreach (var tie in ties)
        {
            foreach (var bucket in tie)
                sets.Join(tie[0], bucket);
        }

        var touched = sets.Members.ToArray();
        var known = await OfAsync(work, project, touched, cancel);
        foreach (var (bucket, circle) in known)
            sets.Join(bucket, circle);

        // A circle that is there keeps its name, so that most commits change no other row.
        var names = new Dictionary<long, long>();
        foreach (var circle in known.Values.Distinct().Order())
            names.TryAdd(sets.Find(circle), circle);
        long NameOf(long one) => names.GetValueOrDefault(sets.Find(one), sets.Find(one));

        await MergeAsync(work, project, known.Values.Distinct(), NameOf, cancel);
        await AddAsync(
            work, project, touched.Where(one => !known.ContainsKey(one)), NameOf, cancel);
        return await MembersAsync(
            work, project, [.. touched.Select(NameOf).Distinct()], cancel);
    }

    /// <summary>Every bucket of the circle that holds one; empty when none does.</summary>
    public static async Task<long[]> AroundAsync(
        Work work, string project, long bucket, CancellationToken cancel)
    {
        var known = await OfAsync(work, project, [bucket], cancel);
        return known.Count == 0 ? [] : await MembersAsync(work, project, [.. known.Values], cancel);
    }

    /// <summary>Every bucket of some circles.</summary>
    public static async Task<long[]> MembersAsync(
        Work work, string project, long[] circles, CancellationToken cancel)
    {
        const string ask = """
            select found.*
            from unnest($2::bigint[]) as asked (circle)
            cross join lateral (
                select bucket
                from circle
                where project = $1 and circle.circle = asked.circle
                offset 0
            ) as found
            """;
        var rows = await work.ListAsync(
            ask, [project, circles], row => row.GetInt64(0), cancel);
        return [.. rows];
    }

    /// <summary>The circles after one, in order, at most so many; to walk over all.</summary>
    public static Task<List<long>> AfterAsync(
        Work work, string project, long? after, int limit, CancellationToken cancel)
    {
        const string ask = """
            select distinct circle from circle
            where project = $1 and ($2::bigint is null or circle > $2)
            order by circle
            limit $3
            """;
        return work.ListAsync(ask, [project, after, limit], row => row.GetInt64(0), cancel);
    }

    /// <summary>The circle of each bucket that is in one.</summary>
    public static async Task<Dictionary<long, long>> OfAsync(
        Work work, string project, long[] buckets, CancellationToken cancel)
    {
        const string ask = """
            select found.*
            from unnest($2::bigint[]) as asked (bucket)
            cross join lateral (
                select circle.bucket, circle
                from circle
                where project = $1 and circle.bucket = asked.bucket
                offset 0
            ) as found
            """;
        var rows = await work.ListAsync(
            ask, [project, buckets], row => (row.GetInt64(0), row.GetInt64(1)), cancel);
        return rows.ToDictionary();
    }

    private static async Task MergeAsync(
        Work work,
        string project,
        IEnumerable<long> circles,
        Func<long, long> nameOf,
        CancellationToken cancel)
    {
        const string merge = "update circle set circle = $3 where project = $1 and circle = $2";
        await work.EachAsync(
            merge,
            circles.Where(circle => nameOf(circle) != circle),
            circle => [project, circle, nameOf(circle)],
            cancel);
    }

    private static async Task AddAsync(
        Work work,
        string project,
        IEnumerable<long> buckets,
        Func<long, long> nameOf,
        CancellationToken cancel)
    {
        await using var copy = await work.CopyAsync("circle", "project, bucket, circle", cancel);
        foreach (var bucket in buckets)
        {
            await copy.StartRowAsync(cancel);
            await copy.WriteAsync(project, NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(bucket, NpgsqlDbType.Bigint, cancel);
            await copy.WriteAsync(nameOf(bucket), NpgsqlDbType.Bigint, cancel);
        }

        await copy.CompleteAsync(cancel);
    }

    /// <summary>Sets that only grow together. Source: Galler and Fischer, 1964.</summary>
    private sealed class DisjointSets
    {
        private readonly Dictionary<long, long> _parents = [];

        public IEnumerable<long> Members => _parents.Keys;

        public void Join(long one, long other)
        {
            var root = Find(one);
            _parents[Find(other)] = root;
        }

        public long Find(long member)
        {
            ref var parent = ref CollectionsMarshal.GetValueRefOrAddDefault(
                _parents, member, out var known);
            if (!known)
                parent = member;
            if (parent == member)
                return member;

            // Halving the path as we go keeps it short.
            var next = parent;
            while (_parents[next] != next)
            {
                _parents[member] = _parents[next];
                member = next;
                next = _parents[next];
            }

            return next;
        }
    }
}
