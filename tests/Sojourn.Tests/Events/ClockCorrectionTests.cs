using Sojourn.Events;
using Xunit;

namespace Sojourn.Tests.Events;

public sealed class ClockCorrectionTests
{
    private static readonly long _received = Some.Us(0);

    [Theory]
    [InlineData(null, null, 0, false)]
    [InlineData(60.0, null, 0, false)]
    [InlineData(null, -10.0, -10, false)]
    [InlineData(120.0, 110.0, -10, false)]
    [InlineData(-120.0, -130.0, -10, false)]
    [InlineData(null, 5.0, 5, false)]
    [InlineData(null, 5.0001, 0, true)]
    [InlineData(0.0, 6.0, 0, true)]
    public void A_sender_s_clock_is_turned_into_ours(
        double? sent, double? occurred, double minute, bool suspect)
    {
        var result = ClockCorrection.Correct(_received, Us(sent), Us(occurred));

        Assert.Equal((Some.Us(minute), suspect), result);
    }

    [Theory]
    [InlineData(long.MaxValue, long.MinValue)]
    [InlineData(long.MinValue, long.MaxValue)]
    [InlineData(0L, 0L)]
    public void No_clock_is_so_wrong_that_it_overflows(long sent, long occurred)
    {
        var (timeUs, suspect) = ClockCorrection.Correct(_received, sent, occurred);

        Assert.Equal(sent != occurred, suspect);
        Assert.Equal(_received, timeUs);
    }

    private static long? Us(double? minute) => minute is { } told ? Some.Us(told) : null;
}
