using Sojourn.Queries;
using Xunit;

namespace Sojourn.Tests.Queries;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("30m", 1_800_000_000)]
    [InlineData("1h30m", 5_400_000_000)]
    [InlineData("90s", 90_000_000)]
    [InlineData("PT30M", 1_800_000_000)]
    [InlineData("P1DT12H", 129_600_000_000)]
    [InlineData("P1D", 86_400_000_000)]
    [InlineData("1800.000001s", 1_800_000_001)]
    [InlineData("PT0.5S", 500_000)]
    [InlineData("1.5h", 5_400_000_000)]
    [InlineData("0s", 0)]
    public void A_length_is_read_to_the_microsecond(string text, long us)
    {
        Assert.True(DurationText.TryParse(text, out var read));
        Assert.Equal(us, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("m")]
    [InlineData("-5m")]
    [InlineData("30m1h")]
    [InlineData("5m5m")]
    [InlineData("1.5h30m")]
    [InlineData("0.0000001s")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("PT30")]
    [InlineData("30 m")]
    [InlineData("1..5s")]
    [InlineData("999999999999999d")]
    public void Anything_else_is_no_length(string text)
    {
        Assert.False(DurationText.TryParse(text, out _));
    }

    [Theory]
    [InlineData("30m")]
    [InlineData("1h30m")]
    [InlineData("1d2h3m4.000005s")]
    [InlineData("0s")]
    public void What_is_written_is_read_back(string text)
    {
        Assert.True(DurationText.TryParse(text, out var us));
        Assert.Equal(text, DurationText.Of(Sojourn.Events.Micros.ToLength(us)));
    }
}
