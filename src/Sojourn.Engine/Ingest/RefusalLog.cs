namespace Sojourn.Ingest;

/// <summary>A refusal and when it happened.</summary>
/// <param name="AtUs">Our clock, microseconds UTC.</param>
/// <param name="Refusal">What was refused and why.</param>
public sealed record LoggedRefusal(long AtUs, Refusal Refusal);

/// <summary>
/// Nothing refused is silent: counts by code since the start, and the last refusals of each
/// project. Kept in memory. Safe to use from several threads.
/// </summary>
public sealed class RefusalLog
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _projects = new(StringComparer.Ordinal);

    /// <summary>Adds what a body's refused events say.</summary>
    /// <param name="project">The project's id; a known one, so their number is bounded.</param>
    /// <param name="refusals">In the order sent.</param>
    /// <param name="nowUs">Our clock, microseconds UTC.</param>
    public void Add(string project, IReadOnlyList<Refusal> refusals, long nowUs)
    {
        if (refusals.Count == 0)
            return;

        lock (_lock)
        {
            var entry = EntryOf(project);
            foreach (var refusal in refusals) entry.Add(new LoggedRefusal(nowUs, refusal));
        }
    }

    /// <summary>Adds a body that was refused as a whole; it counts once.</summary>
    /// <param name="project">The project's id.</param>
    /// <param name="refusal">Why.</param>
    /// <param name="body">The body; only its masked beginning is kept.</param>
    /// <param name="nowUs">Our clock, microseconds UTC.</param>
    public void Add(string project, BodyRefusal refusal, ReadOnlyMemory<byte> body, long nowUs) =>
        Add(
            project,
            [new Refusal(0, null, refusal.Reason, refusal.Field, Masking.Start(body.Span))],
            nowUs);

    /// <summary>How often each code was given since the start, by code.</summary>
    public IReadOnlyDictionary<string, long> CountsOf(string project)
    {
        lock (_lock)
        {
            return _projects.TryGetValue(project, out var entry)
                ? new SortedDictionary<string, long>(entry.Counts, StringComparer.Ordinal)
                : new SortedDictionary<string, long>();
        }
    }

    /// <summary>The last refusals, newest first, at most so many.</summary>
    public IReadOnlyList<LoggedRefusal> LastOf(string project, int limit = Limits.RefusalsKept)
    {
        lock (_lock)
        {
            return _projects.TryGetValue(project, out var entry)
                ? [.. entry.Last.Reverse().Take(limit)]
                : [];
        }
    }

    private Entry EntryOf(string project)
    {
        if (!_projects.TryGetValue(project, out var entry))
            _projects[project] = entry = new Entry();

        return entry;
    }

    private sealed class Entry
    {
        public Dictionary<string, long> Counts { get; } = [];

        public Queue<LoggedRefusal> Last { get; } = new();

        public void Add(LoggedRefusal logged)
        {
            var code = logged.Refusal.Code;
            Counts[code] = Counts.GetValueOrDefault(code) + 1;
            Last.Enqueue(logged);
            if (Last.Count > Limits.RefusalsKept)
                Last.Dequeue();
        }
    }
}
