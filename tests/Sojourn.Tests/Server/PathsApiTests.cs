using System.Text.Json.Nodes;
using Sojourn.Tests.Paths;
using Xunit;

namespace Sojourn.Tests.Server;

/// <summary>Conversion paths over HTTP: each number beside the question that counts it.</summary>
public sealed class PathsApiTests : IAsyncLifetime
{
    private TestServer _server = null!; // Set before each test.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Every_count_is_the_total_of_its_question()
    {
        await _server.TellAsync(PathWorld.Events(visits: 300));

        var report = await _server.GetAsync("/v1/paths?within=90d&columns=5&goal=Demo%20request");

        var figures = FiguresIn(report).Distinct().ToList();
        Assert.True(figures.Count > 20, $"There are only {figures.Count} numbers.");
        foreach (var (count, query) in figures)
            Assert.Equal(count, (long)(await _server.GetAsync($"/v1/sessions?{query}"))["total"]!);
    }

    [Fact]
    public async Task Columns_add_up_to_all_sessions()
    {
        await _server.TellAsync(PathWorld.Events(visits: 300));

        var report = await _server.GetAsync("/v1/paths?columns=4");

        var nodes = report["flow"]!["nodes"]!.AsArray();
        long SumOf(int column) => nodes
            .Where(one => (int)one!["column"]! == column)
            .Sum(one => (long)one!["sessions"]!["count"]!);
        var all = (long)report["sessions"]!["count"]!;
        Assert.True(all > 100);
        Assert.Equal((all, all), (SumOf(1), SumOf(4)));
        Assert.Equal(
            all, report["entries"]!.AsArray().Sum(one => (long)one!["sessions"]!["count"]!));
        Assert.Equal(
            (long)report["converted"]!["count"]!,
            report["goals"]!.AsArray().Sum(one => (long)one!["sessions"]!["count"]!));
    }

    [Fact]
    public async Task Sequences_begin_with_the_most_frequent()
    {
        await _server.TellAsync(
        [
            .. PathWorld.Visit("a", -100, "/blog/a", "/pricing", "demo_request"),
            .. PathWorld.Visit("b", -200, "/blog/b", "/pricing", "demo_request"),
            .. PathWorld.Visit("c", -300, "/blog/b", "/pricing"),
            .. PathWorld.Visit("d", -400, "demo_request"),
        ]);

        var report = await _server.GetAsync("/v1/paths?within=7d");

        Assert.Equal(
            ["Blog post, Pricing, Demo request: 2 of 3", "Demo request, Demo request: 1 of 1"],
            report["converting"]!.AsArray().Select(Words));
        Assert.Equal(
            ["Blog post, Pricing, : 1 of 3"], report["leaving"]!.AsArray().Select(Words));
    }

    [Theory]
    [InlineData("columns=9", "columns")]
    [InlineData("within=1y", "within")]
    [InlineData("from=2026-03-05&to=2026-03-01", "to")]
    [InlineData("from=yesterday", "from")]
    [InlineData("colour=red", "colour")]
    [InlineData("device=watch", "device")]
    public async Task What_cannot_be_answered_is_said_so(string question, string field)
    {
        using var answer = await _server.Secret.GetAsync("/v1/paths?" + question, Cancel);

        var problem = await TestServer.BodyOfAsync(answer);
        Assert.Equal(
            (400, "query_invalid", field),
            ((int)answer.StatusCode, (string?)problem["code"], (string?)problem["field"]));
    }

    private static string Words(JsonNode? one) =>
        string.Join(", ", one!["steps"]!.AsArray().Append(null).Select(step => (string?)step))
        + $"{one["goal"]}: {one["sessions"]!["count"]} of {one["same_path"]!["count"]}";

    private static IEnumerable<(long Count, string Query)> FiguresIn(JsonNode? node) => node switch
    {
        JsonObject one when one["query"] is { } query => [((long)one["count"]!, (string)query!)],
        JsonObject one => one.SelectMany(member => FiguresIn(member.Value)),
        JsonArray many => many.SelectMany(FiguresIn),
        _ => [],
    };
}
