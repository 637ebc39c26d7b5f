using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Sojourn.Benchmarks;

/// <summary>The product as it is run: its own process, its own folder, real HTTP.</summary>
internal sealed class ServedProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartWithin = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private ServedProcess(Process process, string folder, int port, string secretKey)
    {
        _process = process;
        Folder = folder;
        Port = port;
        SecretKey = secretKey;
    }

    /// <summary>Its data.</summary>
    public string Folder { get; }

    /// <summary>Where it listens, on the loopback address.</summary>
    public int Port { get; }

    /// <summary>The secret key of its one project.</summary>
    public string SecretKey { get; }

    /// <summary>Bytes of memory it holds now.</summary>
    public long MemoryBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Processor time it has taken.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Makes a project in a new folder and serves it.</summary>
    public static async Task<ServedProcess> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("sojourn-benchmark-").FullName;
        var made = await CommandAsync("project", "create", "benchmark", "--data", folder);
        var key = JsonDocument.Parse(made).RootElement.GetProperty("secret_key").GetString();
        var port = FreePort();
        var process = Start("serve", "--data", folder, "--urls", $"http://127.0.0.1:{port}");
        var served = new ServedProcess(process, folder, port, key!);
        await served.UntilReadyAsync();
        return served;
    }

    /// <summary>Runs a command of the product to its end.</summary>
    /// <returns>What it wrote to standard output.</returns>
    public static async Task<string> CommandAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException(
                $"sojourn {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    public async ValueTask DisposeAsync()
    {
        // .NET cannot ask a process to end, only end it; a benchmark stops as an operator would.
        using (Process.Start("kill", ["-TERM", $"{_process.Id}"])) { }
        using var late = new CancellationTokenSource(StopWithin);
        try
        {
            await _process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "sojourn"), arguments)
        {
            RedirectStandardOutput = true,
            Environment =
            {
                ["SOJOURN_ADMIN_EMAIL"] = "benchmark@sojourn.example",
                ["SOJOURN_ADMIN_PASSWORD"] = "nobody signs in here",
            },
        })
        ?? throw new InvalidOperationException("The program did not start.");

    private async Task UntilReadyAsync()
    {
        // Whatever it writes must be taken from it, or it would wait for room.
        _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        using var client = new HttpClient();
        var started = Stopwatch.StartNew();
        while (started.Elapsed < StartWithin && !_process.HasExited)
        {
            try
            {
                var answer = await client.GetAsync($"http://127.0.0.1:{Port}/health/ready");
                if (answer.StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(50);
        }

        throw new InvalidOperationException("The server did not become ready.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
