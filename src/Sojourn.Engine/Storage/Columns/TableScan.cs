using Sojourn.Queries;

namespace Sojourn.Storage.Columns;

/// <summary>Finds the rows of a query and counts its facets.</summary>
internal static class TableScan
{
    // Below this many blocks a second thread costs more than it helps; taken in bites, because
    // blocks differ in how much there is to do.
    private const int BlocksForThreadsMin = 64;
    private const int BiteBlocks = 8;
    private const int ThreadsMax = 4;

    /// <summary>The rows, with their total. To be disposed.</summary>
    /// <param name="table">The rows to look at.</param>
    /// <param name="plan">What to look for.</param>
    /// <param name="counters">The facets, in the plan's order.</param>
    public static Matches Run(TableView table, QueryPlan plan, out FacetCounter[] counters)
    {
        counters = plan.NewCounters();
        for (var facet = 0; facet < counters.Length; facet++)
        {
            if (plan.IsUnfilteredFacet(facet))
                counters[facet].AddAll(table, plan.Classes);
        }

        var matches = new Matches(table, plan.Classes, isStored: !plan.IsUnfiltered);
        if (plan.IsUnfiltered)
            matches.Total = table.Layout.Lifecycles.Tally.Sum(plan.Classes);
        else
            Scan(table, plan, matches, counters);
        return matches;
    }

    /// <summary>Values in the order that lists show them, cut to what they show.</summary>
    public static IReadOnlyList<Facet> ToFacets(QueryPlan plan, FacetCounter[] counters) =>
    [
        .. plan.Facets.Zip(counters, (field, counter) => new Facet(
            field,
            [
                .. counter.ToCounts()
                    .OrderByDescending(one => one.Value)
                    .ThenBy(one => one.Key, StringComparer.Ordinal)
                    .Take(SessionPage.FacetValuesMax),
            ])),
    ];

    private static void Scan(
        TableView table, QueryPlan plan, Matches matches, FacetCounter[] counters)
    {
        var blocks = table.Blocks.Count;
        var threads = blocks < BlocksForThreadsMin
            ? 1
            : Math.Min(Environment.ProcessorCount, ThreadsMax);
        var next = 0;
        long total = 0;

        if (threads == 1)
            Work(0);
        else
            Parallel.For(0, threads, Work);
        matches.Total = total;

        void Work(int thread)
        {
            var scan = new BlockScan(plan);
            long found = 0;
            int end;
            while ((end = Interlocked.Add(ref next, BiteBlocks)) - BiteBlocks < blocks)
            {
                for (var i = end - BiteBlocks; i < Math.Min(end, blocks); i++)
                {
                    var count = scan.Scan(table.Blocks[i], matches.Space(i));
                    matches.SetCount(i, count);
                    found += count;
                }
            }

            lock (counters)
            {
                total += found;
                for (var i = 0; i < counters.Length; i++)
                    counters[i].Add(scan.Counters[i]);
            }
        }
    }
}
