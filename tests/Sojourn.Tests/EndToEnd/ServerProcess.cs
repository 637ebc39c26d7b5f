using System.Diagnostics;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Xunit;

namespace Sojourn.Tests.EndToEnd;

/// <summary>A server in a process of its own, on a folder and a free port.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int Terminate = 15; // SIGTERM.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ServerProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Task<ServerProcess> StartAsync(string folder) =>
        ReadAsync(Cli.Start(["serve", "--data", folder, "--urls", "http://127.0.0.1:0"]));

    /// <summary>Waits until a process that was just started listens.</summary>
    public static async Task<ServerProcess> ReadAsync(Process process)
    {
        var line = await process.StandardOutput.ReadLineAsync(Cancel).AsTask()
            .WaitAsync(Patience, Cancel);
        if (line is null)
            Assert.Fail(await process.StandardError.ReadToEndAsync(Cancel));
        return new ServerProcess(process, new Uri(line!["Listening at ".Length..]));
    }

    /// <summary>Starts the demo; gives also the address of its shop and its secret key.</summary>
    public static async Task<(ServerProcess Server, Uri Shop, string Key)> StartDemoAsync()
    {
        var process = Cli.Start(["demo", "--urls", "http://127.0.0.1:0"]);
        var said = new Dictionary<string, string>();
        while (!said.ContainsKey("secret key"))
        {
            var line = await process.StandardOutput.ReadLineAsync(Cancel).AsTask()
                .WaitAsync(Patience, Cancel);
            if (line is null)
                Assert.Fail(await process.StandardError.ReadToEndAsync(Cancel));
            var parts = line!.Trim().Replace("demo: ", "demo  ").Split("  ", 2);
            if (parts.Length == 2)
                said[parts[0]] = parts[1].Trim().Split(' ')[0].TrimEnd(':');
        }

        return (new ServerProcess(process, new Uri(said["Sojourn demo"])),
            new Uri(said["demo shop"]), said["secret key"]);
    }

    public async Task<JsonNode> GetAsync(string path, string key)
    {
        using var http = new HttpClient { BaseAddress = Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return JsonNode.Parse(await http.GetStringAsync(path, Cancel))!;
    }

    /// <summary>Asks it to stop, and gives its exit code.</summary>
    public async Task<int> StopAsync()
    {
        Assert.Equal(0, Kill(_process.Id, Terminate));
        await _process.WaitForExitAsync(Cancel).WaitAsync(Patience, Cancel);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
