using Sojourn.Ingest;
using Sojourn.Storage;
using Xunit;

namespace Sojourn.Tests.Ingest;

[Trait("Invariant", "I10")]
public sealed class IngestLineTests
{
    private readonly SlowStore _store = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_waits_while_one_commit_is_on_its_way_is_committed_together()
    {
        var line = new IngestLine(_store, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var run = line.RunAsync(stop.Token);

        var first = line.SubmitAsync("p", [Some.Event()], Cancel);
        await _store.Entered.WaitAsync(Cancel);
        var others = Enumerable.Range(0, 20)
            .Select(_ => line.SubmitAsync("p", [Some.Event(), Some.Event()], Cancel)).ToArray();
        _store.Go.Release(2);

        Assert.Equal([AppendOutcome.Stored], (await first).Outcomes);
        Assert.All(
            await Task.WhenAll(others),
            answer => Assert.Equal(
                [AppendOutcome.Stored, AppendOutcome.Stored], answer.Outcomes));
        Assert.Equal([1, 20], _store.Groups);
        Assert.Equal(0, line.EventsWaiting);
        await stop.CancelAsync();
        await run;
    }

    [Fact]
    public async Task A_full_line_turns_senders_away_and_takes_the_next_once_there_is_room()
    {
        var line = new IngestLine(_store, TimeProvider.System);
        var many = Enumerable.Repeat(Some.Event(), Limits.GroupEventsMax).ToArray();
        var waiting = Enumerable.Range(0, Limits.LineEventsMax / many.Length)
            .Select(_ => line.SubmitAsync("p", many, Cancel)).ToArray();

        var turnedAway = await line.SubmitAsync("p", [Some.Event()], Cancel);
        Assert.Equal(LineResult.Busy, turnedAway.Result);

        using var stop = new CancellationTokenSource();
        var run = line.RunAsync(stop.Token);
        _store.Go.Release(100);
        await Task.WhenAll(waiting);
        var later = await line.SubmitAsync("p", [Some.Event()], Cancel);
        Assert.Equal(LineResult.Committed, later.Result);
        await stop.CancelAsync();
        await run;
    }

    [Fact]
    public async Task A_line_full_of_bytes_turns_senders_away()
    {
        var line = new IngestLine(_store, TimeProvider.System);
        var large = Some.Event(properties: $$"""{"a":"{{new string('x', 60_000)}}"}""");
        var batch = Enumerable.Repeat(large, 1_000).ToArray();

        var answers = Enumerable.Range(0, 5)
            .Select(_ => line.SubmitAsync("p", batch, Cancel)).ToArray();

        Assert.Equal([4], Enumerable.Range(0, 5).Where(i => answers[i].IsCompleted));
        Assert.Equal(LineResult.Busy, (await answers[4]).Result);
    }

    [Fact]
    public async Task A_failing_store_is_told_to_its_group_only()
    {
        var line = new IngestLine(_store, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        _store.Failures.Enqueue(new IOException("disk full"));
        var unlucky = new[]
        {
            line.SubmitAsync("p", [Some.Event()], Cancel),
            line.SubmitAsync("q", [Some.Event()], Cancel),
        };
        var run = line.RunAsync(stop.Token);
        _store.Go.Release(2);

        foreach (var answer in await Task.WhenAll(unlucky))
        {
            Assert.Equal(LineResult.Failed, answer.Result);
            Assert.Equal("disk full", answer.Failure?.Message);
        }

        var lucky = await line.SubmitAsync("p", [Some.Event()], Cancel);
        Assert.Equal(LineResult.Committed, lucky.Result);
        await stop.CancelAsync();
        await run;
    }

    [Fact]
    public async Task A_stop_answers_who_waits_and_lets_nobody_in_any_more()
    {
        var line = new IngestLine(_store, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var run = line.RunAsync(stop.Token);
        var first = line.SubmitAsync("p", [Some.Event()], Cancel);
        await _store.Entered.WaitAsync(Cancel);
        var second = line.SubmitAsync("p", [Some.Event()], Cancel);

        await stop.CancelAsync();
        _store.Go.Release(2);

        Assert.Equal(LineResult.Committed, (await first).Result);
        Assert.Equal(LineResult.Committed, (await second).Result);
        await run;
        Assert.Equal(
            LineResult.Stopped, (await line.SubmitAsync("p", [Some.Event()], Cancel)).Result);
    }

    [Fact]
    public async Task A_sender_does_not_wait_for_ever()
    {
        var clock = new TimerClock();
        var line = new IngestLine(_store, clock);

        var answer = line.SubmitAsync("p", [Some.Event()], Cancel);
        Assert.False(answer.IsCompleted);
        clock.Fire(Limits.AnswerWithin);

        Assert.Equal(LineResult.Late, (await answer).Result);
    }

    /// <summary>A clock whose only timer a test sets off.</summary>
    private sealed class TimerClock : TimeProvider
    {
        private (TimerCallback Callback, object? State, TimeSpan Due) _timer;

        public override ITimer CreateTimer(
            TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _timer = (callback, state, dueTime);
            return new Stopped();
        }

        public void Fire(TimeSpan due)
        {
            Assert.Equal(due, _timer.Due);
            _timer.Callback(_timer.State);
        }

        private sealed class Stopped : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
