using System.Runtime.CompilerServices;
using Sojourn.Queries;
using Sojourn.Sessions;

namespace Sojourn.Storage.Columns;

/// <summary>Answers a <see cref="GroupQuery"/> from the rows of a table.</summary>
internal sealed class GroupScan
{
    private const int BlocksForThreadsMin = 64;
    private const int BiteBlocks = 8;
    private const int ThreadsMax = 4;

    private readonly TableView _table;
    private readonly GroupQuery _query;
    private readonly WordColumn[] _words;
    private readonly NumberColumn[] _medians;
    private readonly NumberColumn[] _sums;
    private readonly long[] _starts;

    private GroupScan(TableView table, GroupQuery query)
    {
        (_table, _query) = (table, query);
        _starts = [.. query.Starts];
        _words =
        [
            .. query.By.Select(field => table.Layout.WordsOf(field)
                ?? table.Layout.CurrenciesOf(field)
                ?? throw new ArgumentException($"{field.Name} has no words to group by.")),
        ];
        _medians = NumbersOf(query.Medians);
        _sums = NumbersOf(query.Sums);
    }

    private NumberColumn[] NumbersOf(IReadOnlyList<Field> fields) =>
    [
        .. fields.Select(field => _table.Layout.NumberOf(field, _query.Sessions.Lens)
            ?? throw new ArgumentException($"{field.Name} has no numbers.")),
    ];

    /// <summary>The groups.</summary>
    /// <exception cref="ArgumentException">A field is none to group by or no number.</exception>
    public static SessionGroups Run(TableView table, GroupQuery query, AsOf asOf)
    {
        var scan = new GroupScan(table, query);
        var plan = new QueryPlan(table, query.Sessions with { WithFacets = false }, asOf.NowUs);
        using var matches = TableScan.Run(table, plan, out _);
        var found = scan.Scan(matches, plan);
        return new SessionGroups(
            [
                .. found.Groups
                    .OrderByDescending(one => one.Value.Count)
                    .Take(GroupQuery.GroupsMax)
                    .Select(one => scan.GroupOf(one.Key, one.Value)),
            ],
            found.Groups.Values.Sum(one => one.Count),
            asOf);
    }

    private GroupTally Scan(Matches matches, QueryPlan plan)
    {
        var blocks = _table.Blocks.Count;
        var threads = blocks < BlocksForThreadsMin
            ? 1
            : Math.Min(Environment.ProcessorCount, ThreadsMax);
        var all = new GroupTally();
        var next = 0;
        if (threads == 1)
            Work(0);
        else
            Parallel.For(0, threads, Work);
        return all;

        void Work(int thread)
        {
            var tally = new GroupTally();

            // A look at unfiltered rows needs space of its own for each thread.
            using var own = plan.IsUnfiltered
                ? new Matches(_table, plan.Classes, isStored: false)
                : null;
            int end;
            while ((end = Interlocked.Add(ref next, BiteBlocks)) - BiteBlocks < blocks)
            {
                for (var i = end - BiteBlocks; i < Math.Min(end, blocks); i++)
                {
                    if (matches.MayHave(i))
                        Add(_table.Blocks[i], (own ?? matches).Of(i), tally);
                }
            }

            lock (all)
                all.Add(tally);
        }
    }

    [SkipLocalsInit]
    private void Add(RowBlock block, ReadOnlySpan<ulong> mask, GroupTally tally)
    {
        Span<ushort> space = stackalloc ushort[RowBlock.Rows];
        var rows = space[..Masks.RowsOf(mask, space)];
        Span<long> keys = stackalloc long[RowBlock.Rows];
        KeysOf(block, rows, keys);
        for (var i = 0; i < rows.Length; i++)
        {
            if (keys[i] < 0)
                continue;

            var group = tally.Of(keys[i], _medians.Length, _sums.Length);
            group.Count++;
            for (var s = 0; s < _sums.Length; s++)
                group.Sums[s] += _sums[s].Read(block, rows[i]) ?? 0;
            for (var m = 0; m < _medians.Length; m++)
            {
                if (_medians[m].Read(block, rows[i]) is { } number)
                    group.Numbers[m].Add(number);
            }
        }
    }

    // One number for all that a row is grouped by; -1 for a row before the first start.
    private void KeysOf(RowBlock block, ReadOnlySpan<ushort> rows, Span<long> keys)
    {
        for (var i = 0; i < rows.Length; i++)
            keys[i] = _starts.Length == 0 ? 0 : PeriodOf(block, rows[i]);

        foreach (var words in _words)
        {
            var column = block.Columns[words.Slot];
            var factor = words.Words.Count + 1L;
            for (var i = 0; i < rows.Length; i++)
            {
                if (keys[i] >= 0)
                    keys[i] = checked(keys[i] * factor + (column[rows[i]] + 1 ?? 0));
            }
        }
    }

    private int PeriodOf(RowBlock block, int row)
    {
        var found = Array.BinarySearch(_starts, Layout.StartedOf(block, row));
        return found >= 0 ? found : ~found - 1;
    }

    private SessionGroup GroupOf(long key, GroupTally.Group group)
    {
        var keys = new IReadOnlyList<string>[_words.Length];
        for (var i = _words.Length - 1; i >= 0; i--)
        {
            var factor = _words[i].Words.Count + 1L;
            var code = (int)(key % factor) - 1;
            key /= factor;
            keys[i] = _words[i] is SetColumn set
                ? code < 0 ? [] : set.TextsOf(code)
                : [code < 0 ? "" : _words[i].Words[code] ?? ""];
        }

        return new SessionGroup(
            (int)key, keys, group.Count, [.. group.Numbers.Select(MedianOf)])
        {
            Sums = [.. group.Sums.Select(sum => (decimal)sum)],
        };
    }

    private static long? MedianOf(List<long> numbers)
    {
        if (numbers.Count == 0)
            return null;

        numbers.Sort();
        return numbers[(numbers.Count - 1) / 2];
    }
}

/// <summary>Groups while rows are counted.</summary>
internal sealed class GroupTally
{
    public Dictionary<long, Group> Groups { get; } = [];

    public Group Of(long key, int medians, int sums)
    {
        if (!Groups.TryGetValue(key, out var group))
            Groups.Add(key, group = new Group(medians, sums));
        return group;
    }

    public void Add(GroupTally other)
    {
        foreach (var (key, group) in other.Groups)
        {
            var own = Of(key, group.Numbers.Length, group.Sums.Length);
            own.Count += group.Count;
            for (var i = 0; i < group.Sums.Length; i++)
                own.Sums[i] += group.Sums[i];
            for (var i = 0; i < group.Numbers.Length; i++)
                own.Numbers[i].AddRange(group.Numbers[i]);
        }
    }

    /// <summary>One group.</summary>
    internal sealed class Group
    {
        public Group(int medians, int sums)
        {
            Sums = new Int128[sums];
            Numbers = new List<long>[medians];
            for (var i = 0; i < medians; i++)
                Numbers[i] = [];
        }

        public long Count { get; set; }

        public List<long>[] Numbers { get; }

        public Int128[] Sums { get; }
    }
}
