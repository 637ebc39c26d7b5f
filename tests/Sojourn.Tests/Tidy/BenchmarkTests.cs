using Sojourn.Benchmarks;
using Xunit;

namespace Sojourn.Tests.Tidy;

/// <summary>Every benchmark still runs and still checks its own result.</summary>
public sealed class BenchmarkTests
{
    [Theory]
    [InlineData("lists", "2000")]
    [InlineData("append", "1000")]
    [InlineData("ingest", "0")]
    [InlineData("sessionize", "2000")]
    [InlineData("preview", "2000")]
    [InlineData("start", "500")]
    [InlineData("rescore", "2000")]
    [InlineData("paths", "2000")]
    [InlineData("screen", "200")]
    [InlineData("checkouts", "2000")]
    [InlineData("forms", "20")]
    [InlineData("board", "200")]
    public async Task A_figure_can_be_taken_small(string name, string size)
    {
        Assert.Equal(0, await Figures.RunAsync([name, size]));
    }

    [Fact]
    public async Task A_figure_nobody_knows_is_refused()
    {
        Assert.Equal(64, await Figures.RunAsync(["speed"]));
    }
}
