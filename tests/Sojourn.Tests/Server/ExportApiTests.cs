using System.Globalization;
using System.Text.Json.Nodes;
using CsvHelper;
using Xunit;

namespace Sojourn.Tests.Server;

public sealed class ExportApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Invariant", "I13")]
    public async Task An_export_is_exactly_the_filtered_list()
    {
        await using var server = await TestServer.StartAsync();
        await server.TellAsync([.. Enumerable.Range(0, 250)
            .Select(i => Some.Event(i % 5 == 0 ? "a" : "b", i % 20, user: "user" + i))]);

        var lines = await LinesAsync(server, "format=ndjson&lens=leads&entry=b&sort=started");
        var first = await server.GetAsync("/v1/sessions?lens=leads&entry=b&sort=started&limit=200");
        var second = await server.GetAsync(
            "/v1/sessions?lens=leads&entry=b&sort=started&limit=200&offset=200");

        var listed = first["items"]!.AsArray().Concat(second["items"]!.AsArray());
        Assert.Equal(200, lines.Length);
        Assert.Equal(listed.Select(item => item!.ToJsonString()),
            lines.Select(line => JsonNode.Parse(line)!.ToJsonString()));
    }

    [Fact]
    public async Task A_table_has_a_header_and_a_row_for_each_session()
    {
        await using var server = await TestServer.StartAsync();
        await server.TellAsync(Some.Event("a", 0), Some.Event("b", 1.5));

        var rows = Read(await TextAsync(server, "format=csv&lens=leads"));

        Assert.Equal(("ada", "90000", "2", "a", "b"), (
            rows[0]["person_id"], rows[0]["duration_ms"], rows[0]["events"], rows[0]["entry"],
            rows[0]["exit"]));
        Assert.Equal("0", rows[0]["points"]);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil\")", "'=HYPERLINK(\"http://evil\")")]
    [InlineData("+213555", "'+213555")]
    [InlineData("-cmd|x", "'-cmd|x")]
    [InlineData("@SUM(1)", "'@SUM(1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "'\rx")]
    [InlineData("a,b;\"c\"\nd", "a,b;\"c\"\nd")]
    [InlineData("-5", "-5")]
    public async Task A_cell_is_never_a_formula(string user, string cell)
    {
        await using var server = await TestServer.StartAsync();
        await server.TellAsync(Some.Event(user: user));

        var rows = Read(await TextAsync(server, "format=csv"));

        Assert.Equal(cell, Assert.Single(rows)["person_id"]);
    }

    [Theory]
    [InlineData("format=xlsx", "format")]
    [InlineData("lens=leads", "format")]
    [InlineData("format=csv&colour=red", "colour")]
    public async Task An_export_nobody_can_make_is_refused(string query, string field)
    {
        await using var server = await TestServer.StartAsync();

        using var answer = await server.Secret.GetAsync("/v1/sessions/export?" + query, Cancel);

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal(field, (string?)(await TestServer.BodyOfAsync(answer))["field"]);
    }

    private static Task<string> TextAsync(TestServer server, string query) =>
        server.Secret.GetStringAsync("/v1/sessions/export?" + query, Cancel);

    private static async Task<string[]> LinesAsync(TestServer server, string query) =>
        (await TextAsync(server, query)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static List<IDictionary<string, object>> Read(string text)
    {
        using var csv = new CsvReader(new StringReader(text), CultureInfo.InvariantCulture);
        return [.. csv.GetRecords<dynamic>().Select(row => (IDictionary<string, object>)row)];
    }
}
