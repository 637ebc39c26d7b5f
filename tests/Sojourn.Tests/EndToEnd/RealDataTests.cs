using System.Globalization;
using System.Text.Json.Nodes;
using CsvHelper;
using Sojourn.Tests.Tidy;
using Xunit;

namespace Sojourn.Tests.EndToEnd;

/// <summary>The main job, on logs and clicks of real people: commands in, sessions out.</summary>
public sealed class RealDataTests : IDisposable
{
    private static readonly string Log = Path.Combine("apache-log", "apache_logs.log");

    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.At("data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_web_servers_log_gives_the_expected_sessions_without_a_store()
    {
        var sessions = _folder.At("sessions.csv");
        var log = _folder.File("log", await File.ReadAllTextAsync(
            Shared(Log), TestContext.Current.CancellationToken));

        await Cli.DoAsync("sessionize", log, "--format", "apache", "--out", sessions);
        var hidden = await Cli.DoAsync(
            "sessionize", log, "--format", "apache", "--suppressed", "hide");

        Assert.Equal(Expected(), RowsOf(Read(sessions)));
        Assert.Equal(2_070 + 1, hidden.Lines.Length);
        Assert.False(File.Exists(log + ".rejected.ndjson"));
    }

    [Fact]
    [Trait("Invariant", "I4")]
    public async Task A_web_servers_log_is_imported_listed_and_imported_again_in_any_order()
    {
        var created = await Cli.DoAsync("project", "create", "log", "--data", Data);
        var secret = (string)created.Json["secret_key"]!;
        var lines = await File.ReadAllLinesAsync(
            Shared(Log), TestContext.Current.CancellationToken);
        var log = _folder.File("a.log", string.Join('\n', lines) + "\n");
        new Random(5).Shuffle(lines);
        var shuffled = _folder.File("b.log", string.Join('\n', lines) + "\n");

        var first = await Cli.DoAsync("import", log, "--project", "log", "--data", Data);
        await using var server = await ServerProcess.StartAsync(Data);
        var totals = await TotalsAsync(server, secret);
        var before = await ExportAsync();
        var again = await Cli.DoAsync("import", shuffled, "--project", "log", "--data", Data);

        Assert.Equal(10_000, (int)first.Json["accepted"]!);
        Assert.Equal((3_052, 2_070, 982), totals);
        Assert.Equal(
            Expected(row => $"{row["person_id"]} {row["events"]}"),
            [.. before.Select(one => $"{one["person"]!["id"]} {one["raw_events"]}").Order()]);
        Assert.Subset(Expected().ToHashSet(), WholeRowsOf(before));
        Assert.Equal(
            """{"read":10000,"accepted":0,"duplicates":10000,"rejected":0}""",
            again.Lines.Single());
        Assert.Equal(TextsOf(before), TextsOf(await ExportAsync()));
        Assert.Equal(0, await server.StopAsync());
        await Cli.DoAsync("verify", "--data", Data);
    }

    [Fact]
    public async Task A_shops_clicks_give_144_sessions()
    {
        var clicks = _folder.File("clicks.csv", await File.ReadAllTextAsync(
            Shared(Path.Combine("otto-mini", "events.csv")),
            TestContext.Current.CancellationToken));

        var ended = await Cli.DoAsync("sessionize", clicks);

        Assert.Equal(144 + 1, ended.Lines.Length);
    }

    [Fact]
    public async Task Repeated_events_of_another_product_count_once()
    {
        var events = _folder.File("events.csv", await File.ReadAllTextAsync(
            Shared(Path.Combine("snowplow-case", "case_events.csv")),
            TestContext.Current.CancellationToken));
        string[] map = ["--map", "person_id=client_session_id,name=event_name"];
        var created = await Cli.DoAsync("project", "create", "web", "--data", Data);

        var sessions = Read(new StringReader(
            (await Cli.DoAsync(["sessionize", events, .. map])).Out));
        var import = await Cli.DoAsync(
            ["import", events, .. map, "--project", "web", "--data", Data]);

        Assert.Equal(12, sessions.Count);
        Assert.Equal(66, sessions.Sum(row => int.Parse(
            (string)row["events"], CultureInfo.InvariantCulture)));
        Assert.Equal((69, 66), ((int)import.Json["read"]!, (int)import.Json["accepted"]!));
        // Repeated under another row number, they are no exact repetitions: they are reported.
        Assert.Equal(3, (int)import.Json["duplicates"]! + (int)import.Json["rejected"]!);
        Assert.NotNull(created.Json["project"]);
    }

    [Fact]
    public async Task The_same_file_gives_the_same_result_in_any_order_of_its_lines()
    {
        var lines = await File.ReadAllLinesAsync(
            Shared(Log), TestContext.Current.CancellationToken);
        var sorted = _folder.File("a.log", string.Join('\n', lines));
        new Random(3).Shuffle(lines);
        var shuffled = _folder.File("b.log", string.Join('\n', lines));

        Assert.Equal(
            (await Cli.DoAsync("sessionize", sorted)).Out,
            (await Cli.DoAsync("sessionize", shuffled)).Out);
    }

    private async Task<List<JsonNode>> ExportAsync() =>
    [
        .. (await Cli.DoAsync(
            "export", "--lens", "leads", "--project", "log", "--data", Data, "--format", "ndjson",
            "--suppressed", "all", "--sort", "started")).Lines
            .Select(line => JsonNode.Parse(line)!),
    ];

    private static async Task<(int All, int Hide, int Only)> TotalsAsync(
        ServerProcess server, string key)
    {
        async Task<int> Total(string view) => (int)(await server.GetAsync(
            "/v1/sessions?limit=1&suppressed=" + view, key))["total"]!;

        return (await Total("all"), await Total("hide"), await Total("only"));
    }

    // Person, start, duration and events of each expected session.
    private static List<string> Expected() => Expected(row =>
    {
        var start = DateTimeOffset.FromUnixTimeMilliseconds(
            long.Parse((string)row["start_ms"], CultureInfo.InvariantCulture));
        return $"{row["person_id"]} {start:yyyy-MM-ddTHH:mm:ss.fffZ} "
            + $"{row["duration_ms"]} {row["events"]}";
    });

    private static List<string> Expected(Func<IDictionary<string, object>, string> line) =>
    [
        .. Read(Shared(Path.Combine("apache-log", "expected_sessions_by_ip.csv")))
            .Select(line).Order(),
    ];

    // A list leaves a crawler's events out where people used the same address.
    private static HashSet<string> WholeRowsOf(List<JsonNode> sessions)
    {
        var whole = sessions
            .Where(one => (int)one["events"]! == (int)one["raw_events"]!)
            .Select(one => $"{one["person"]!["id"]} {one["started"]} "
                + $"{one["duration_ms"]} {one["events"]}")
            .ToHashSet();
        Assert.True(whole.Count > 3_000, $"Only {whole.Count} sessions are whole.");
        return whole;
    }

    private static List<string> TextsOf(List<JsonNode> sessions) =>
        [.. sessions.Select(one => one.ToJsonString())];

    private static List<string> RowsOf(List<IDictionary<string, object>> rows) =>
    [
        .. from row in rows
           let line = $"{row["person_id"]} {row["start"]} {row["duration_ms"]} {row["events"]}"
           orderby line
           select line,
    ];

    private static List<IDictionary<string, object>> Read(string file) =>
        Read(new StreamReader(file));

    private static List<IDictionary<string, object>> Read(TextReader text)
    {
        using var csv = new CsvReader(text, CultureInfo.InvariantCulture);
        return [.. csv.GetRecords<dynamic>().Select(row => (IDictionary<string, object>)row)];
    }

    private static string Shared(string name)
    {
        var path = Path.Combine(Repository.Shared, "data", name);
        var mustBeThere = Environment.GetEnvironmentVariable("CI") == "true";
        Assert.SkipUnless(mustBeThere || File.Exists(path), $"There is no {path}.");
        return path;
    }
}
