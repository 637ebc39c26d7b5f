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
    public async Task The_demo_shows_a_living_shop_and_stops_when_told()
    {
        var (server, address, key) = await ServerProcess.StartDemoAsync();
        await using var demo = server;
        using var shop = new HttpClient { BaseAddress = address };

        var front = await shop.GetStringAsync("/", TestContext.Current.CancellationToken);
        var checkouts = await demo.GetAsync("/v1/sessions?lens=checkouts", key);
        var ended = await demo.StopAsync();

        Assert.Contains(demo.Address + "s.js", front);
        Assert.True((int)checkouts["total"]! > 100);
        Assert.Equal(0, ended);
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
    public async Task People_are_added_and_reset_with_and_without_a_server()
    {
        string[] place = ["--data", Data, "--public-url", "https://sojourn.example"];
        string[] bo = ["user", "add", "bo@x.example", "--data", Data, "--role"];
        var viewer = await Cli.RunAsync([.. bo, "viewer"]);
        var admin = await Cli.DoAsync(
            ["user", "add", "Ada@x.example", "--role", "admin", .. place]);
        var nobody = await Cli.RunAsync(["user", "reset", "eve@x.example", .. place]);
        await using var server = await ServerProcess.StartAsync(Data);
        var added = await Cli.DoAsync([.. bo, "agent"]);
        var twice = await Cli.RunAsync([.. bo, "agent"]);
        var reset = await Cli.DoAsync("user", "reset", "ada@x.example", "--data", Data);
        using var http = new HttpClient();
        var page = await http.GetStringAsync(
            reset.Lines.Single(), TestContext.Current.CancellationToken);

        Assert.Equal((78, 78, 78), (viewer.Code, nobody.Code, twice.Code));
        Assert.Contains("--role admin", viewer.Error);
        Assert.StartsWith(
            "https://sojourn.example/sign-in/link?token=", admin.Lines.Single());
        Assert.StartsWith($"{server.Address}sign-in/link?token=", added.Lines.Single());
        Assert.Contains("Choose a password", page);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task The_first_start_tells_a_link_that_only_the_owner_can_read()
    {
        var process = Cli.Start(
            ["serve", "--data", Data, "--urls", "http://127.0.0.1:0"], false, false);
        await using var server = await ServerProcess.ReadAsync(process);
        var link = (await process.StandardOutput.ReadLineAsync(
            TestContext.Current.CancellationToken))!.Split(' ')[^1];
        var file = Path.Combine(Data, "setup-token");

        Assert.StartsWith($"{server.Address}setup?token=", link);
        Assert.Equal(link, File.ReadAllText(file).Trim());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(0, await server.StopAsync());

        await using var later = await ServerProcess.StartAsync(Data);
        Assert.False(File.Exists(file));
    }

    [Theory]
    [InlineData(null, "four quiet green lamps", "both")]
    [InlineData("ada@x.example", null, "both")]
    [InlineData("ada", "four quiet green lamps", "e-mail")]
    [InlineData("ada@x.example", "short", "too short")]
    public async Task An_unattended_set_up_that_cannot_be_is_explained(
        string? email, string? password, string why)
    {
        using var process = Cli.Start(
            ["serve", "--data", Data, "--urls", "http://127.0.0.1:0"], false, false,
            (email, password));
        var error = await process.StandardError.ReadToEndAsync(
            TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(78, process.ExitCode);
        Assert.Contains("SOJOURN_ADMIN_", error);
        Assert.Contains(why, error);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://127.0.0.1:0;http://192.0.2.1:0")]
    public async Task A_demo_listens_on_its_own_machine_only(string urls)
    {
        var ended = await Cli.RunAsync("demo", "--data", Data, "--urls", urls);

        Assert.Equal(78, ended.Code);
        Assert.Contains("this machine only", ended.Error);
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
