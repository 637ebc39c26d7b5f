using Sojourn.Events;
using Sojourn.Storage;

namespace Sojourn.Ingest;

/// <summary>What a project sent since the start.</summary>
/// <param name="StartedUs">Since when is counted, microseconds UTC.</param>
/// <param name="Stored">Events stored.</param>
/// <param name="Duplicates">Events that were there already.</param>
/// <param name="Lately">
/// Events stored in the last <see cref="IntakeMeter.WindowSeconds"/> seconds.
/// </param>
/// <param name="LastUs">When the last one was stored, microseconds UTC; null = none yet.</param>
public readonly record struct IntakeReading(
    long StartedUs, long Stored, long Duplicates, long Lately, long? LastUs);

/// <summary>
/// Counts the events of each project as they are answered, and how many there are just now.
/// Safe to use from several threads; needs no timer.
/// </summary>
public sealed class IntakeMeter(TimeProvider clock)
{
    /// <summary>How far "just now" reaches back: this second and those before it.</summary>
    public const int WindowSeconds = 10;

    private const long SecondUs = 1_000_000;

    private readonly long _startedUs = clock.NowUs();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _projects = new(StringComparer.Ordinal);

    /// <summary>Counts what became of a sender's events.</summary>
    /// <param name="project">The project's id; a known one, so their number is bounded.</param>
    /// <param name="outcomes">One for each event; conflicts are refusals and not counted.</param>
    public void Add(string project, IReadOnlyList<AppendOutcome> outcomes)
    {
        var stored = outcomes.Count(one => one == AppendOutcome.Stored);
        var duplicates = outcomes.Count(one => one == AppendOutcome.Duplicate);
        var nowUs = clock.NowUs();
        lock (_lock)
        {
            if (!_projects.TryGetValue(project, out var entry))
                _projects[project] = entry = new Entry();

            entry.Add(stored, duplicates, nowUs);
        }
    }

    /// <summary>What was counted so far.</summary>
    public IntakeReading Of(string project)
    {
        var nowUs = clock.NowUs();
        lock (_lock)
        {
            return _projects.TryGetValue(project, out var entry)
                ? entry.Read(_startedUs, nowUs)
                : new IntakeReading(_startedUs, 0, 0, 0, null);
        }
    }

    private sealed class Entry
    {
        private readonly long[] _bySecond = new long[WindowSeconds];
        private long _second;
        private long _stored;
        private long _duplicates;
        private long? _lastUs;

        public void Add(int stored, int duplicates, long nowUs)
        {
            MoveTo(nowUs);
            _stored += stored;
            _duplicates += duplicates;
            _bySecond[_second % WindowSeconds] += stored;
            if (stored > 0)
                _lastUs = nowUs;
        }

        public IntakeReading Read(long startedUs, long nowUs)
        {
            MoveTo(nowUs);
            return new(startedUs, _stored, _duplicates, _bySecond.Sum(), _lastUs);
        }

        // A clock that was set back stands still here until it has caught up.
        private void MoveTo(long nowUs)
        {
            var second = nowUs / SecondUs;
            for (var passed = 1; passed <= WindowSeconds && _second + passed <= second; passed++)
                _bySecond[(_second + passed) % WindowSeconds] = 0;

            _second = Math.Max(_second, second);
        }
    }
}
