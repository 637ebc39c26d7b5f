using Sojourn.Server.Paths;
using Xunit;

namespace Sojourn.Tests.Paths;

/// <summary>When a conversion rate changed, and when that is more than chance.</summary>
public sealed class RateRowTests
{
    [Fact]
    public void A_change_is_the_difference_of_the_two_rates()
    {
        Assert.Equal(0.25 - 0.2, Row(100, 25, 100, 20).Change!.Value, 12);
        Assert.Null(Row(100, 25, 0, 0).Change);
    }

    // Pooled 0.25 of 2 × 400: an error of 0.030619, so three of them are 0.0919.
    [Theory]
    [InlineData(400, 119, 400, 81, true)]
    [InlineData(400, 118, 400, 82, false)]
    [InlineData(400, 81, 400, 119, true)]
    [InlineData(29, 29, 400, 0, false)]
    [InlineData(30, 30, 30, 0, true)]
    [InlineData(400, 400, 400, 400, false)]
    public void It_is_unusual_from_three_standard_errors_on(
        long now, long converted, long before, long convertedBefore, bool unusual)
    {
        Assert.Equal(unusual, Row(now, converted, before, convertedBefore).IsUnusual);
    }

    private static RateRow Row(long now, long converted, long before, long convertedBefore) => new()
    {
        Name = "",
        Sessions = new(now, []),
        Converted = new(converted, []),
        SessionsBefore = new(before, []),
        ConvertedBefore = new(convertedBefore, []),
        Events = null,
        DurationUs = null,
        ConvertedAfterUs = null,
    };
}
