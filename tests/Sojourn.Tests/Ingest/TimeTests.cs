using Sojourn.Events;
using Xunit;

namespace Sojourn.Tests.Ingest;

/// <summary>The clock of <see cref="Decoded.Server"/> stands at 2026-03-02T10:00:00Z.</summary>
public sealed class TimeTests
{
    [Theory]
    [InlineData("\"2026-03-02T09:50:00Z\"", -10)]
    [InlineData("\"2026-03-02t10:50:00+01:00\"", -10)]
    [InlineData("\"2026-03-02 05:20:00.000-04:30\"", -10)]
    [InlineData("\"2026-03-02T09:50:00\"", -10)]
    [InlineData("1772445000000", -10)]
    [InlineData("\"2026-03-02T10:05:00Z\"", 5)]
    public void A_told_time_is_used(string time, double minute)
    {
        var e = Decoded.Event(Decoded.With($"\"time\":{time}"));

        Assert.Equal((Some.Us(minute), false), (e.TimeUs, e.ClockSuspect));
        Assert.Equal(Some.Us(minute), e.OccurredUs);
    }

    [Fact]
    public void Microseconds_are_kept_and_what_is_below_is_cut()
    {
        var e = Decoded.Event(Decoded.With("\"time\":\"2026-03-02T09:50:00.1234567899Z\""));

        Assert.Equal(Some.Us(-10) + 123_456, e.TimeUs);
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("2026-03-02T10:05:00.001Z")]
    public void A_time_that_cannot_be_right_gives_way_to_ours_and_is_kept(string time)
    {
        var batch = Decoded.Batch(Decoded.With($"\"time\":\"{time}\""));

        var e = Assert.Single(batch.Events);
        Assert.Equal((Some.Us(0), true), (e.TimeUs, e.ClockSuspect));
        Assert.NotNull(e.OccurredUs);
        Assert.Equal("clock_suspect", Assert.Single(batch.Remarks).Reason.Code);
    }

    [Theory]
    [InlineData("\"2026-03-02T10:00:00+25:00\"")]
    [InlineData("\"2026-02-29T10:00:00Z\"")]
    [InlineData("\"2026-03-02T23:59:60Z\"")]
    [InlineData("\"2026-03-02T24:00:00Z\"")]
    [InlineData("\"2026-03-02T10:00:00.Z\"")]
    [InlineData("\"2026-03-02T10:00:00Zx\"")]
    [InlineData("\"tomorrow\"")]
    [InlineData("\"2026-03-02\"")]
    [InlineData("99999999999999999999")]
    [InlineData("1e3")]
    public void A_time_that_cannot_be_read_never_loses_the_event(string time)
    {
        var e = Decoded.Event(Decoded.With($"\"time\":{time}", "\"properties\":{\"z\":1}"));

        Assert.Equal((Some.Us(0), true), (e.TimeUs, e.ClockSuspect));
        Assert.Null(e.OccurredUs);
        Assert.Equal(time.Trim('"'), e.Properties.Text("time_as_sent"));
        Assert.Equal(1, e.Properties.Number("z"));
    }

    [Fact]
    public void Seconds_taken_for_milliseconds_are_noticed() =>
        Assert.True(Decoded.Event(Decoded.With("\"time\":1772445000")).ClockSuspect);

    [Theory]
    [InlineData("""{"sent_at":"2026-03-02T12:00:00Z","events":[EVENT]}""")]
    [InlineData("""{"events":[EVENT],"sent_at":"2026-03-02T12:00:00Z"}""")]
    public void A_wrong_clock_is_corrected_by_when_the_batch_was_sent(string body)
    {
        var e = Decoded.Event(body.Replace(
            "EVENT", Decoded.With("\"time\":\"2026-03-02T11:55:00Z\""),
            StringComparison.Ordinal));

        Assert.Equal((Some.Us(-5), false), (e.TimeUs, e.ClockSuspect));
        Assert.Equal((Some.Us(115), Some.Us(120)), (e.OccurredUs, e.SentUs));
    }

    [Theory]
    [InlineData("2026-03-02T10:00:00Z", -5)]
    [InlineData("2026-03-02T09:59:58Z", -5)]
    [InlineData("2026-03-02T10:00:02Z", -5)]
    [InlineData("2026-03-02T11:00:00Z", -65)]
    [InlineData("2026-03-02T09:58:00Z", -3)]
    public void A_clock_is_corrected_only_when_it_is_off_by_more_than_a_request_takes(
        string clock, double minute)
    {
        const string Ago = "\"time\":\"2026-03-02T09:55:00Z\"";
        var before = Decoded.Event($$"""{"clock":"{{clock}}","events":[{{Decoded.With(Ago)}}]}""");
        var behind = Decoded.Event($$"""{"events":[{{Decoded.With(Ago)}}],"clock":"{{clock}}"}""");

        Assert.Equal(Some.Us(minute), before.TimeUs);
        Assert.Equal(before.TimeUs, behind.TimeUs);
    }

    [Fact]
    public void A_body_tells_one_time_of_its_own() =>
        Assert.Equal("duplicate_key", Decoded.Refused(
            $$"""{"clock":1,"sent_at":1,"events":[{{Decoded.With()}}]}""").Code);

    [Fact]
    public void An_event_that_says_when_it_was_sent_is_believed_over_its_batch()
    {
        var e = Decoded.Event($$"""
            {"events":[{{Decoded.With(
                "\"time\":\"2026-03-02T08:55:00Z\"", "\"sent_at\":\"2026-03-02T09:00:00Z\"")}}],
             "sent_at":"2026-03-02T12:00:00Z"}
            """);

        Assert.Equal(Some.Us(-5), e.TimeUs);
    }

    [Fact]
    public void History_without_a_readable_time_is_refused()
    {
        var history = Decoded.Server with { History = true };

        Assert.Equal("time_invalid", Decoded.Refusal(Decoded.With(), history).Code);
        Assert.Equal(
            "time_invalid", Decoded.Refusal(Decoded.With("\"time\":\"tomorrow\""), history).Code);
    }

    [Fact]
    public void Equal_content_sent_again_later_is_the_same_content()
    {
        var sent = Decoded.With("\"sent_at\":1772445000000", "\"time\":1772444000000");
        var again = Decoded.With("\"sent_at\":1772446000000", "\"time\":1772444000000");

        Assert.Equal(
            EventContent.FingerprintOf(Decoded.Event(sent)),
            EventContent.FingerprintOf(Decoded.Event(again)));
    }
}
