using System.Globalization;
using Sojourn.Events;

namespace Sojourn.Ingest;

/// <summary>A refusal and how it came.</summary>
/// <param name="Id">Opaque; no other refusal has it, not even after a restart.</param>
/// <param name="AtUs">Our clock, microseconds UTC.</param>
/// <param name="Refusal">What was refused and why.</param>
/// <param name="Sending">The request it came in.</param>
public sealed record LoggedRefusal(string Id, long AtUs, Refusal Refusal, Sending Sending);

/// <summary>How often a reason was given.</summary>
/// <param name="Code">The reason's code.</param>
/// <param name="Count">Times since the start.</param>
/// <param name="FirstUs">The first time since the start, microseconds UTC.</param>
public readonly record struct RefusalCount(string Code, long Count, long FirstUs);

/// <summary>
/// Nothing refused is silent: counts by code since the start, and the last refusals of each
/// project. Kept in memory. Safe to use from several threads.
/// </summary>
public sealed class RefusalLog(TimeProvider clock)
{
    private readonly string _run =
        clock.GetUtcNow().ToUnixTimeMilliseconds().ToString("x", CultureInfo.InvariantCulture);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _projects = new(StringComparer.Ordinal);

    /// <summary>Adds what a body's refused events say.</summary>
    /// <param name="project">The project's id; a known one, so their number is bounded.</param>
    /// <param name="refusals">In the order sent.</param>
    /// <param name="sending">The request they came in.</param>
    public void Add(string project, IReadOnlyList<Refusal> refusals, Sending sending)
    {
        if (refusals.Count == 0)
            return;

        var nowUs = clock.NowUs();
        TaskCompletionSource news;
        lock (_lock)
        {
            var entry = EntryOf(project);
            foreach (var refusal in refusals)
                entry.Add($"{_run}-{entry.Total + 1}", nowUs, refusal, sending);
            news = entry.TakeNews();
        }

        news.TrySetResult();
    }

    /// <summary>Adds a body that was refused as a whole; it counts once.</summary>
    /// <param name="project">The project's id.</param>
    /// <param name="refusal">Why.</param>
    /// <param name="body">The body; only its masked beginning is kept.</param>
    /// <param name="sending">The request it came in.</param>
    public void Add(
        string project, BodyRefusal refusal, ReadOnlyMemory<byte> body, Sending sending) => Add(
            project,
            [
                new Refusal(0, null, refusal.Reason, refusal.Field, Masking.Start(body.Span))
                {
                    IsWholeBody = true,
                    Offset = refusal.Offset,
                },
            ],
            sending);

    /// <summary>How often each code was given since the start, by code.</summary>
    public IReadOnlyList<RefusalCount> CountsOf(string project)
    {
        lock (_lock)
            return _projects.TryGetValue(project, out var entry) ? [.. entry.Counts.Values] : [];
    }

    /// <summary>Refusals since the start: the sum of <see cref="CountsOf"/>.</summary>
    public long TotalOf(string project)
    {
        lock (_lock)
            return _projects.TryGetValue(project, out var entry) ? entry.Total : 0;
    }

    /// <summary>Asks for refusals that are kept.</summary>
    public RefusalPage Find(string project, RefusalQuery query)
    {
        var kept = KeptOf(project);
        var matching = kept
            .Where(one => HasText(one, query) && HasCode(one, query) && HasSource(one, query))
            .ToList();
        return new RefusalPage(
            [.. matching.Skip(query.Offset).Take(query.Limit)],
            matching.Count,
            kept.Count,
            CountBy(
                kept.Where(one => HasText(one, query) && HasSource(one, query)),
                one => one.Refusal.Code),
            CountBy(
                kept.Where(one => HasText(one, query) && HasCode(one, query)),
                one => one.Sending.Source));
    }

    /// <summary>The refusal of an id, or null when it is not kept any more.</summary>
    public LoggedRefusal? Find(string project, string id) =>
        KeptOf(project).FirstOrDefault(one => one.Id == id);

    /// <summary>Ends when a project has more refusals than so many since the start.</summary>
    public Task NewsAfter(string project, long total)
    {
        lock (_lock)
        {
            var entry = EntryOf(project);
            return entry.Total == total ? entry.News : Task.CompletedTask;
        }
    }

    private List<LoggedRefusal> KeptOf(string project)
    {
        lock (_lock)
            return _projects.TryGetValue(project, out var entry) ? [.. entry.Last.Reverse()] : [];
    }

    private Entry EntryOf(string project)
    {
        if (!_projects.TryGetValue(project, out var entry))
            _projects[project] = entry = new Entry();

        return entry;
    }

    private static bool HasCode(LoggedRefusal one, RefusalQuery query) =>
        query.Codes.Count == 0 || query.Codes.Contains(one.Refusal.Code);

    private static bool HasSource(LoggedRefusal one, RefusalQuery query) =>
        query.Sources.Count == 0 || query.Sources.Contains(one.Sending.Source);

    private static bool HasText(LoggedRefusal one, RefusalQuery query) =>
        query.Text is not { } text
        || Texts(one.Refusal).Any(of => of?.Contains(text, StringComparison.OrdinalIgnoreCase)
            == true);

    private static IEnumerable<string?> Texts(Refusal refusal) =>
        [refusal.Name, refusal.Id, refusal.Code, refusal.Field];

    private static IReadOnlyList<KeyValuePair<string, int>> CountBy(
        IEnumerable<LoggedRefusal> refusals, Func<LoggedRefusal, string> keyOf) =>
    [
        .. refusals.CountBy(keyOf)
            .OrderByDescending(one => one.Value)
            .ThenBy(one => one.Key, StringComparer.Ordinal),
    ];

    private sealed class Entry
    {
        private TaskCompletionSource _news = NewSignal();

        public SortedDictionary<string, RefusalCount> Counts { get; } =
            new(StringComparer.Ordinal);

        public Queue<LoggedRefusal> Last { get; } = new();

        public long Total { get; private set; }

        public Task News => _news.Task;

        public void Add(string id, long nowUs, Refusal refusal, Sending sending)
        {
            var code = refusal.Code;
            var before = Counts.GetValueOrDefault(code, new RefusalCount(code, 0, nowUs));
            Counts[code] = before with { Count = before.Count + 1 };
            Total++;
            Last.Enqueue(new LoggedRefusal(id, nowUs, refusal, sending));
            if (Last.Count > Limits.RefusalsKept)
                Last.Dequeue();
        }

        public TaskCompletionSource TakeNews()
        {
            var news = _news;
            _news = NewSignal();
            return news;
        }

        private static TaskCompletionSource NewSignal() =>
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
