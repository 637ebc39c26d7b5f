using System.Runtime.Versioning;
using Xunit;

namespace Sojourn.Tests.EndToEnd;

/// <summary>Commands say what is wrong and what to do next, and exit as documented.</summary>
public sealed class CommandTests : IDisposable
{
    private const string Events = """
        {"id":"e1","name":"a","person_id":"ada","time":"2026-03-02T10:00:00Z"}
        {"id":"e2","name":"b","person_id":"ada","time":"2026-03-02T10:05:00Z"}

        """;

    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.At("data");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(64, "--colour", "sessionize", "x.csv", "--colour")]
    [InlineData(64, "--help", "nothing")]
    [InlineData(64, "no file", "sessionize", "/nowhere/x.csv")]
    [InlineData(64, "--format", "sessionize", "/nowhere/x.zip")]
    [InlineData(64, "--map", "sessionize", "/nowhere/x.csv", "--map", "person")]
    [InlineData(64, "30m", "sessionize", "/nowhere/x.csv", "--timeout", "soon")]
    [InlineData(64, "24h", "sessionize", "/nowhere/x.csv", "--timeout", "25h")]
    [InlineData(64, "--data", "serve")]
    [InlineData(64, "--data", "project", "create", "shop")]
    [InlineData(64, "--key", "import", "/etc/hostname", "--format", "csv", "--url", "http://x")]
    [InlineData(78, "--data", "verify", "--data", "/nowhere/at/all")]
    [InlineData(64, "backup", "restore", "/nowhere/backup", "--data", "/nowhere/at/all")]
    public async Task A_wrong_command_line_is_explained(int code, string hint, params string[] args)
    {
        var ended = await Cli.RunAsync(args);

        Assert.Equal(code, ended.Code);
        Assert.StartsWith("sojourn: ", ended.Error);
        Assert.Contains(hint, ended.Error);
        Assert.DoesNotContain("   at ", ended.Error);
        Assert.Empty(ended.Out);
    }

    [Fact]
    public async Task A_header_that_names_no_person_is_explained()
    {
        var file = _folder.File("x.csv", "who,when\nada,2026-03-02T10:00:00Z\n");

        var ended = await Cli.RunAsync("sessionize", file);

        Assert.Equal(64, ended.Code);
        Assert.Contains("--map", ended.Error);
    }

    [Fact]
    public async Task Lines_that_are_no_events_are_kept_for_mending()
    {
        var project = await CreateAsync("shop");
        var file = _folder.File("x.ndjson", Events + "{broken\n");

        var ended = await Cli.DoAsync("import", file, "--project", "shop", "--data", Data);

        Assert.Equal(
            """{"read":3,"accepted":2,"duplicates":0,"rejected":1}""", ended.Lines.Single());
        var refused = await File.ReadAllTextAsync(
            file + ".rejected.ndjson", TestContext.Current.CancellationToken);
        Assert.Contains("\"line\":3", refused);
        Assert.Contains("json_invalid", refused);
        Assert.NotEqual(project.Write, project.Secret);
    }

    [Fact]
    public async Task A_file_of_which_nothing_was_taken_fails()
    {
        await CreateAsync("shop");
        var file = _folder.File("x.ndjson", "{broken\n[1]\n");

        var ended = await Cli.RunAsync("import", file, "--project", "shop", "--data", Data);

        Assert.Equal(1, ended.Code);
        Assert.Contains("--format", ended.Error);
    }

    [Fact]
    public async Task A_project_nobody_made_is_explained()
    {
        await CreateAsync("shop");
        var file = _folder.File("x.ndjson", Events);

        var import = await Cli.RunAsync("import", file, "--project", "shp", "--data", Data);
        var export = await Cli.RunAsync(
            "export", "--lens", "leads", "--project", "shp", "--data", Data);

        Assert.Equal((78, 78), (import.Code, export.Code));
        Assert.Contains("sojourn project create shp", import.Error);
        Assert.Contains("shop", export.Error);
    }

    [Fact]
    public async Task A_name_is_given_once()
    {
        await CreateAsync("shop");

        var ended = await Cli.RunAsync("project", "create", "shop", "--data", Data);

        Assert.Equal(78, ended.Code);
    }

    [Fact]
    public async Task An_export_takes_the_filters_of_the_api()
    {
        await CreateAsync("shop");
        await Cli.DoAsync(
            "import", _folder.File("x.ndjson", Events), "--project", "shop", "--data", Data);

        var all = await Cli.DoAsync(
            "export", "--lens", "leads", "--format", "ndjson", "--project", "shop", "--data", Data,
            "--exit", "b", "--duration-min", "5m");
        var none = await Cli.DoAsync(
            "export", "--lens", "leads", "--format", "ndjson", "--project", "shop", "--data", Data,
            "--exit", "a");
        var wrong = await Cli.RunAsync(
            "export", "--lens", "leads", "--project", "shop", "--data", Data, "--sort", "beauty");

        Assert.Single(all.Lines);
        Assert.Empty(none.Lines);
        Assert.Equal(64, wrong.Code);
        Assert.Contains("sort", wrong.Error);
    }

    [Fact]
    public async Task A_backup_is_the_data_elsewhere()
    {
        await CreateAsync("shop");
        await Cli.DoAsync(
            "import", _folder.File("x.ndjson", Events), "--project", "shop", "--data", Data);
        string[] export = ["export", "--lens", "leads", "--project", "shop", "--data"];

        await Cli.DoAsync("backup", "--data", Data, "--to", _folder.At("copy"));
        await Cli.DoAsync("restore", _folder.At("copy"), "--data", _folder.At("other"));
        var twice = await Cli.RunAsync(
            "restore", _folder.At("copy"), "--data", _folder.At("other"));

        Assert.Equal(
            (await Cli.DoAsync([.. export, Data])).Out,
            (await Cli.DoAsync([.. export, _folder.At("other")])).Out);
        Assert.Equal(78, twice.Code);
        await Cli.DoAsync("verify", "--data", _folder.At("other"));
    }

    [Fact]
    public async Task Damage_is_named_and_fails()
    {
        await CreateAsync("shop");
        await Cli.DoAsync(
            "import", _folder.File("x.ndjson", Events), "--project", "shop", "--data", Data);
        Corrupt(Path.Combine(Data, "sojourn.db"), "e1"u8);

        var ended = await Cli.RunAsync("verify", "--data", Data);

        Assert.NotEqual(0, ended.Code);
        Assert.NotEmpty(ended.Error);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task Commands_reach_the_server_that_holds_the_data()
    {
        var project = await CreateAsync("shop");
        await using var server = await ServerProcess.StartAsync(Data);

        var created = await Cli.DoAsync("project", "create", "other", "--data", Data);
        var import = await Cli.DoAsync(
            "import", _folder.File("x.ndjson", Events), "--project", "shop", "--data", Data);
        var again = await Cli.DoAsync(
            "import", _folder.At("x.ndjson"), "--url", server.Address.ToString(), "--key",
            project.Secret);
        var export = await Cli.DoAsync(
            "export", "--lens", "leads", "--format", "ndjson", "--project", "shop", "--data", Data);
        await Cli.DoAsync("backup", "--data", Data, "--to", _folder.At("copy"));

        Assert.NotEmpty((string?)created.Json["secret_key"] ?? "");
        Assert.Equal(2, (int)import.Json["accepted"]!);
        Assert.Equal(2, (int)again.Json["duplicates"]!);
        Assert.Single(export.Lines);
        Assert.True(File.Exists(_folder.At("copy")));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(Path.Combine(Data, "control.sock")));
        var listed = await server.GetAsync("/v1/sessions?lens=leads", project.Secret);
        Assert.Equal(1, (int)listed["total"]!);
        Assert.Equal(0, await server.StopAsync());
    }

    [Fact]
    public async Task What_needs_the_data_for_itself_is_refused_while_a_server_runs()
    {
        var project = await CreateAsync("shop");
        await using var server = await ServerProcess.StartAsync(Data);

        var second = await Cli.RunAsync("serve", "--data", Data, "--urls", "http://127.0.0.1:0");
        var verify = await Cli.RunAsync("verify", "--data", Data);
        var restore = await Cli.RunAsync(
            "restore", _folder.File("backup", "x"), "--data", Data);
        var wrongKey = await Cli.RunAsync(
            "import", _folder.File("x.ndjson", Events), "--url", server.Address.ToString(), "--key",
            project.Write);

        Assert.Equal((75, 75, 75), (second.Code, verify.Code, restore.Code));
        Assert.Contains("Stop it", second.Error);
        Assert.Equal(78, wrongKey.Code);
        Assert.Contains("secret key", wrongKey.Error);
    }

    private async Task<(string Write, string Secret)> CreateAsync(string name)
    {
        var created = await Cli.DoAsync("project", "create", name, "--data", Data);
        Assert.StartsWith("p_", (string?)created.Json["project"]);
        return ((string)created.Json["write_key"]!, (string)created.Json["secret_key"]!);
    }

    private static void Corrupt(string file, ReadOnlySpan<byte> text)
    {
        var bytes = File.ReadAllBytes(file);
        var at = bytes.AsSpan().LastIndexOf(text);
        Assert.True(at >= 0, "There is nothing to damage.");
        bytes[at] ^= 1;
        File.WriteAllBytes(file, bytes);
    }
}
