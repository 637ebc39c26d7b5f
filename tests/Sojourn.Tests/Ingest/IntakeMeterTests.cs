using Sojourn.Ingest;
using Sojourn.Storage;
using Xunit;

namespace Sojourn.Tests.Ingest;

public sealed class IntakeMeterTests
{
    private readonly FakeClock _clock = new(Some.Start);
    private readonly IntakeMeter _meter;

    public IntakeMeterTests() => _meter = new IntakeMeter(_clock);

    [Fact]
    public void What_is_stored_and_what_was_there_already_are_counted_apart()
    {
        _meter.Add("p", [AppendOutcome.Stored, AppendOutcome.Duplicate, AppendOutcome.Stored]);
        _meter.Add("p", [AppendOutcome.Conflict]);
        _meter.Add("q", [AppendOutcome.Stored]);

        Assert.Equal(
            new IntakeReading(Some.Us(0), 2, 1, 2, Some.Us(0)), _meter.Of("p"));
        Assert.Equal(new IntakeReading(Some.Us(0), 0, 0, 0, null), _meter.Of("other"));
    }

    [Fact]
    public void Just_now_is_this_second_and_the_nine_before_it()
    {
        for (var second = 0; second < 12; second++)
        {
            _meter.Add("p", [AppendOutcome.Stored]);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        // The last second is empty so far.
        Assert.Equal((12, 9), (_meter.Of("p").Stored, _meter.Of("p").Lately));
        _clock.Advance(TimeSpan.FromSeconds(8));
        Assert.Equal(1, _meter.Of("p").Lately);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, _meter.Of("p").Lately);
    }

    [Fact]
    public void A_long_silence_leaves_nothing_behind()
    {
        _meter.Add("p", [AppendOutcome.Stored]);
        _clock.Advance(TimeSpan.FromDays(3));

        Assert.Equal(0, _meter.Of("p").Lately);
        Assert.Equal(Some.Us(0), _meter.Of("p").LastUs);

        _meter.Add("p", [AppendOutcome.Stored]);
        Assert.Equal((2, 1), (_meter.Of("p").Stored, _meter.Of("p").Lately));
    }

    [Fact]
    public void A_clock_that_was_set_back_loses_nothing()
    {
        _meter.Add("p", [AppendOutcome.Stored]);
        _clock.Advance(TimeSpan.FromSeconds(-30));
        _meter.Add("p", [AppendOutcome.Stored]);

        Assert.Equal((2, 2), (_meter.Of("p").Stored, _meter.Of("p").Lately));
    }
}
