using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Sojourn.Benchmarks;

/// <summary>DuckDB in a process of its own, asked line by line; see benchmarks/peers.</summary>
internal sealed class DuckDb : IDisposable
{
    private readonly Process _process;

    private DuckDb(Process process) => _process = process;

    /// <summary>Starts it and prepares its data; null when it is not installed.</summary>
    public static DuckDb? Start(string prepare)
    {
        var folder = Path.Combine(SourceFolder(), "..", "peers");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            return null;

        var process = Process.Start(new ProcessStartInfo("node", ["duckdb.mjs"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!; // Without a shell there is always a process.
        var peer = new DuckDb(process);
        peer.Ask(prepare);
        return peer;
    }

    /// <summary>Runs one statement.</summary>
    /// <returns>The milliseconds it took there, and its first row with spaces between.</returns>
    public (double Ms, string Answer) Ask(string sql)
    {
        _process.StandardInput.WriteLine(sql.ReplaceLineEndings(" "));
        _process.StandardInput.Flush();
        var answer = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException("DuckDB ended.");
        var space = answer.IndexOf(' ', StringComparison.Ordinal);
        return (
            double.Parse(answer.AsSpan(0, space), CultureInfo.InvariantCulture),
            answer[(space + 1)..]);
    }

    /// <summary>Ends the process.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string SourceFolder([CallerFilePath] string file = "") =>
        Path.GetDirectoryName(file)!;
}
