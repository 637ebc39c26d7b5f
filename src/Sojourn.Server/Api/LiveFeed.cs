using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>
/// The latest changes of one project, so that a stream that was cut can go on where it was.
/// Reads the store once, however many streams there are.
/// </summary>
internal sealed class LiveFeed
{
    /// <summary>Sessions remembered; about as many changes in quiet times.</summary>
    public const int SessionsKept = 2_000;

    private readonly Lock _lock = new();
    private readonly Queue<SessionChanges> _ring = new();
    private TaskCompletionSource _news = NewSignal();
    private int _kept;
    private long _floor;
    private long _last;

    /// <summary>Begins with what is stored already.</summary>
    /// <param name="sequence">The last commit so far.</param>
    public LiveFeed(long sequence) => _floor = _last = sequence;

    /// <summary>The last commit known here.</summary>
    public long Last
    {
        get
        {
            lock (_lock)
                return _last;
        }
    }

    /// <summary>Adds the next commit's changes.</summary>
    public void Add(SessionChanges changes)
    {
        lock (_lock)
        {
            if (changes.Sequence <= _last)
                return;

            // A gap: changes were missed, so nobody before it can be told what happened.
            if (changes.Sequence != _last + 1)
            {
                _ring.Clear();
                _kept = 0;
                _floor = changes.Sequence - 1;
            }

            _ring.Enqueue(changes);
            _kept += SizeOf(changes);
            _last = changes.Sequence;
            while (_kept > SessionsKept)
                Forget();
            _news.TrySetResult();
            _news = NewSignal();
        }
    }

    /// <summary>The changes after a commit, or null when they are no longer known.</summary>
    public IReadOnlyList<SessionChanges>? After(long sequence)
    {
        lock (_lock)
        {
            return sequence < _floor || sequence > _last
                ? null
                : [.. _ring.Where(changes => changes.Sequence > sequence)];
        }
    }

    /// <summary>Ends when there is something after a commit.</summary>
    public Task NewsAfter(long sequence)
    {
        lock (_lock)
            return sequence == _last ? _news.Task : Task.CompletedTask;
    }

    private void Forget()
    {
        var oldest = _ring.Dequeue();
        _kept -= SizeOf(oldest);
        _floor = oldest.Sequence;
    }

    private static int SizeOf(SessionChanges changes) =>
        1 + changes.Changed.Count + changes.Removed.Count;

    private static TaskCompletionSource NewSignal() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
