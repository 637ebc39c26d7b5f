using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Sojourn.Tests.Storage.Sqlite;

/// <summary>
/// Kills a storing process at random moments, again and again, and compares what is there with
/// what its client was told. <c>SOJOURN_KILL_CYCLES</c> asks for more than the usual rounds.
/// </summary>
[Trait("Invariant", "I1")]
[Trait("Invariant", "I2")]
[Trait("Invariant", "I3")]
public sealed class KillTests : IDisposable
{
    private const int CyclesDefault = 20;
    private const int OutstandingMax = 4;
    private const int AnswersMax = 150;
    private const string Tracer = "/usr/bin/strace";

    private readonly TemporaryFolder _folder = new();
    private readonly Random _dice = new(20261121);
    private readonly HashSet<int> _answered = [];
    private readonly SortedSet<int> _outstanding = [];
    private int _sent;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_at_any_moment_a_store_loses_and_doubles_nothing_it_answered_for()
    {
        string project;
        await using (var store = SomeStore.Open(_folder.Data))
            project = await store.CreateProjectAsync();

        var text = Environment.GetEnvironmentVariable("SOJOURN_KILL_CYCLES");
        var cycles = text is null ? CyclesDefault : int.Parse(text, CultureInfo.InvariantCulture);
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            await SendUntilKilledAsync(project);
            await CompareAsync(project, verify: cycle % 5 == 4 || cycle == cycles - 1);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task A_store_whose_disk_fails_to_sync_ends_with_74_and_loses_nothing(int nth)
    {
        Assert.SkipUnless(File.Exists(Tracer), "Needs strace to make a sync fail.");
        string project;
        await using (var store = SomeStore.Open(_folder.Data))
            project = await store.CreateProjectAsync();

        var exitCode = await SendUntilItFailsAsync(
            project,
            [
                Tracer, "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null",
                "-e", "trace=fsync,fdatasync",
                "-e", $"inject=fsync,fdatasync:error=EIO:when={nth}+",
            ]);

        Assert.Equal(IngestChild.FailedExitCode, exitCode);
        await CompareAsync(project, verify: true);
    }

    // One batch at a time, so that each has its own sync.
    private async Task<int> SendUntilItFailsAsync(string project, string[] tracer)
    {
        using var child = Start(project, tracer);
        Assert.Equal("ready", await child.StandardOutput.ReadLineAsync());
        string? answer;
        do
        {
            _outstanding.Add(_sent);
            child.StandardInput.WriteLine(_sent++);
            child.StandardInput.Flush();
            answer = await child.StandardOutput.ReadLineAsync();
            if (answer is not null)
                Note(answer);
        }
        while (answer is not null && _sent < AnswersMax);

        child.StandardInput.Close();
        await child.WaitForExitAsync();
        return child.ExitCode;
    }

    private async Task SendUntilKilledAsync(string project)
    {
        using var child = Start(project, []);
        Assert.Equal("ready", await child.StandardOutput.ReadLineAsync());
        foreach (var number in _outstanding)
            child.StandardInput.WriteLine(number);

        var left = _dice.Next(1, AnswersMax);
        while (left-- > 0)
        {
            while (_outstanding.Count < OutstandingMax)
            {
                _outstanding.Add(_sent);
                child.StandardInput.WriteLine(_sent++);
            }

            child.StandardInput.Flush();
            Note(await child.StandardOutput.ReadLineAsync());
        }

        child.Kill();

        // Answers on their way when it died were given all the same.
        while (await child.StandardOutput.ReadLineAsync() is { } line)
            Note(line);
        await child.WaitForExitAsync();
    }

    private void Note(string? line)
    {
        var number = int.Parse(line!, CultureInfo.InvariantCulture);
        _answered.Add(number);
        _outstanding.Remove(number);
    }

    private async Task CompareAsync(string project, bool verify)
    {
        await using var store = SomeStore.Open(_folder.Data);
        var stored = await store.IdsAsync(project);

        Assert.Equal(stored.Count, stored.Distinct().Count());
        var batches = stored
            .GroupBy(id => int.Parse(id[..id.IndexOf('-')], CultureInfo.InvariantCulture))
            .ToDictionary(batch => batch.Key, batch => batch.Count());
        Assert.Empty(_answered.Except(batches.Keys));
        Assert.Empty(batches.Keys.Except(_answered).Except(_outstanding));
        Assert.All(
            batches, batch => Assert.Equal(IngestChild.Batch(batch.Key).Count, batch.Value));
        if (verify)
            Assert.Empty(await store.DifferencesAsync());
    }

    private Process Start(string project, string[] tracer)
    {
        var assembly = typeof(KillTests).Assembly.Location;
        string[] command = [.. tracer, "dotnet", assembly];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_STARTUP_HOOKS"] = assembly;
        start.Environment[IngestChild.FolderVariable] = _folder.Data;
        start.Environment[IngestChild.ProjectVariable] = project;
        return Process.Start(start)!;
    }
}
