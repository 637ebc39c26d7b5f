using Sojourn.Events;
using Xunit;

namespace Sojourn.Tests.Events;

public sealed class MicrosTests
{
    [Theory]
    [InlineData(0, "1970-01-01T00:00:00.000Z")]
    [InlineData(1_772_445_600_250_000, "2026-03-02T10:00:00.250Z")]
    [InlineData(1_772_445_600_250_001, "2026-03-02T10:00:00.250001Z")]
    [InlineData(-1_000, "1969-12-31T23:59:59.999Z")]
    public void Times_are_written_in_utc(long us, string text)
    {
        Assert.Equal(text, Micros.ToText(us));
        Assert.Equal(us, Micros.From(Micros.ToTime(us)));
    }

    [Fact]
    public void The_clock_s_time_is_in_microseconds() =>
        Assert.Equal(Some.Us(1), new FakeClock(Some.Start.AddMinutes(1)).NowUs());
}
