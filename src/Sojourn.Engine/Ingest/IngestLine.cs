using System.Threading.Channels;
using Sojourn.Events;
using Sojourn.Storage;

namespace Sojourn.Ingest;

/// <summary>
/// Where senders wait to be stored. What waits is committed together, and each sender is
/// answered after that commit: while one is on its way to the disk, the next group gathers.
/// </summary>
public sealed class IngestLine(IStore store, TimeProvider clock)
{
    private const int EventBytesRough = 200;

    private readonly Channel<Waiting> _line = Channel.CreateUnbounded<Waiting>(
        new UnboundedChannelOptions { SingleReader = true });

    private readonly Lock _door = new();
    private int _events;
    private long _bytes;

    /// <summary>Counts what is stored, before its sender is answered.</summary>
    public IntakeMeter Meter { get; } = new(clock);

    /// <summary>Events that wait or are being stored.</summary>
    public int EventsWaiting => Volatile.Read(ref _events);

    /// <summary>
    /// Stores a sender's events and returns when they are on disk, or says why they are not.
    /// Cancelling stops the wait only: what was taken may still be stored.
    /// </summary>
    /// <param name="project">The project's id.</param>
    /// <param name="events">At most <see cref="Limits.BatchEventsMax"/>; not changed later.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="ArgumentException">There is no event, or there are too many.</exception>
    public async Task<LineAnswer> SubmitAsync(
        string project, IReadOnlyList<Event> events, CancellationToken cancel)
    {
        if (events.Count is 0 or > Limits.GroupEventsMax)
            throw new ArgumentException($"{events.Count} events are no batch.", nameof(events));

        var waiting = new Waiting(new EventBatch(project, events), BytesOf(events));
        if (!TryReserve(waiting))
            return LineAnswer.Without(LineResult.Busy);

        if (!_line.Writer.TryWrite(waiting))
        {
            Release(waiting);
            return LineAnswer.Without(LineResult.Stopped);
        }

        try
        {
            return await waiting.Answer.Task.WaitAsync(Limits.AnswerWithin, clock, cancel);
        }
        catch (TimeoutException)
        {
            return LineAnswer.Without(LineResult.Late);
        }
    }

    /// <summary>
    /// Commits group after group until stopped; then takes nobody in any more, commits what
    /// still waits, and returns.
    /// </summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await using var closing = stop.Register(() => _line.Writer.TryComplete());
        while (await _line.Reader.WaitToReadAsync(CancellationToken.None))
            await CommitAsync(TakeGroup());
    }

    private List<Waiting> TakeGroup()
    {
        var group = new List<Waiting>();
        var room = Limits.GroupEventsMax;
        while (_line.Reader.TryPeek(out var next) && next.Batch.Events.Count <= room
            && _line.Reader.TryRead(out next))
        {
            group.Add(next);
            room -= next.Batch.Events.Count;
        }

        return group;
    }

    private async Task CommitAsync(List<Waiting> group)
    {
        try
        {
            // Not cancelled by a stop: who was let in gets a true answer.
            var outcomes = await store.AppendAsync(
                [.. group.Select(waiting => waiting.Batch)], CancellationToken.None);
            for (var i = 0; i < group.Count; i++)
            {
                Meter.Add(group[i].Batch.Project, outcomes[i]);
                group[i].Answer.SetResult(new LineAnswer(LineResult.Committed, outcomes[i]));
            }
        }
        catch (Exception failure)
        {
            // The only catch on the write path: senders are told and may send again, and the
            // next group is not held up by this one.
            foreach (var waiting in group)
                waiting.Answer.TrySetResult(LineAnswer.Without(LineResult.Failed, failure));
        }
        finally
        {
            foreach (var waiting in group) Release(waiting);
        }
    }

    private bool TryReserve(Waiting waiting)
    {
        lock (_door)
        {
            var events = _events + waiting.Batch.Events.Count;
            var bytes = _bytes + waiting.Bytes;
            if (events > Limits.LineEventsMax || bytes > Limits.LineBytesWaitingMax)
                return false;

            (_events, _bytes) = (events, bytes);
            return true;
        }
    }

    private void Release(Waiting waiting)
    {
        lock (_door)
        {
            _events -= waiting.Batch.Events.Count;
            _bytes -= waiting.Bytes;
        }
    }

    private static long BytesOf(IReadOnlyList<Event> events)
    {
        var bytes = 0L;
        foreach (var e in events)
        {
            bytes += EventBytesRough + e.Properties.Json.Length
                + 2 * ((e.Context.Url?.Length ?? 0) + (e.Context.Referrer?.Length ?? 0));
        }

        return bytes;
    }

    private sealed record Waiting(EventBatch Batch, long Bytes)
    {
        // Answered off the writer's own path, so that a sender's work does not hold it up.
        public TaskCompletionSource<LineAnswer> Answer { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
