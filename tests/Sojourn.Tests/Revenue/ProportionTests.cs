using Sojourn.Server.Revenue;
using Xunit;

namespace Sojourn.Tests.Revenue;

/// <summary>Shares and their differences, against what was published.</summary>
public class ProportionTests
{
    // Newcombe 1998, Statistics in Medicine 17, 873–890, table II, method 10.
    [Theory]
    [InlineData(56, 70, 48, 80, 0.2000, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.6000, 0.1705, 0.8090)]
    [InlineData(6, 7, 2, 7, 0.5714, 0.0582, 0.8062)]
    [InlineData(5, 56, 0, 29, 0.0893, -0.0381, 0.1926)]
    [InlineData(0, 10, 0, 20, 0.0000, -0.1611, 0.2775)]
    [InlineData(0, 10, 0, 10, 0.0000, -0.2775, 0.2775)]
    [InlineData(10, 10, 0, 20, 1.0000, 0.6791, 1.0000)]
    [InlineData(10, 10, 0, 10, 1.0000, 0.6075, 1.0000)]
    public void Two_shares_are_as_far_apart_as_Newcombe_says(
        int count, int of, int others, int ofOthers, double value, double low, double high)
    {
        var apart = new Proportion(count, of).Minus(new Proportion(others, ofOthers))!.Value;

        Assert.Equal(value, apart.Value, 4);
        Assert.Equal(low, apart.Interval.Low, 4);
        Assert.Equal(high, apart.Interval.High, 4);
    }

    // Newcombe 1998, Statistics in Medicine 17, 857–872, table I, method 3.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    [InlineData(29, 29, 0.8830, 1.0000)]
    public void A_share_lies_where_Wilson_says(int count, int of, double low, double high)
    {
        var interval = new Proportion(count, of).Interval;

        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    [Fact]
    public void Of_nobody_nothing_is_known()
    {
        var nobody = new Proportion(0, 0);

        Assert.Equal(new RateInterval(0, 1), nobody.Interval);
        Assert.Null(nobody.Minus(new Proportion(1, 2)));
        Assert.Null(new Proportion(1, 2).Minus(nobody));
    }

    [Theory]
    [InlineData(56, 70, 48, 80, 1)]
    [InlineData(48, 80, 56, 70, -1)]
    [InlineData(5, 56, 0, 29, 0)]
    public void A_difference_is_told_when_its_interval_leaves_zero_out(
        int count, int of, int others, int ofOthers, int sign)
    {
        Assert.Equal(
            sign, new Proportion(count, of).Minus(new Proportion(others, ofOthers))!.Value.Sign);
    }
}
