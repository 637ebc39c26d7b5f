using System.Globalization;
using Sojourn.Events;
using Sojourn.Storage;
using Sojourn.Storage.Sqlite;

namespace Sojourn.Tests.Storage.Sqlite;

/// <summary>
/// A process of its own that stores what it is told on its standard input, to be killed at any
/// moment. Each line is the number of a batch; the same number comes back once it is stored.
/// </summary>
internal static class IngestChild
{
    public const string FolderVariable = "SOJOURN_TEST_INGEST_FOLDER";
    public const string ProjectVariable = "SOJOURN_TEST_INGEST_PROJECT";

    /// <summary>How it ends when the disk has failed, like the server.</summary>
    public const int FailedExitCode = 74;

    /// <summary>Batches differ in size, so that a part of one would be noticed.</summary>
    public static IReadOnlyList<Event> Batch(int number) =>
        [.. Enumerable.Range(0, 1 + (number * 7 % 40)).Select(i => EventOf(number, i))];

    public static async Task RunAsync(string folder, string project)
    {
        await using var store = EmbeddedStore.Open(folder, SomeStore.Kinds, TimeProvider.System);
        var answering = new SemaphoreSlim(1);
        var waiting = new List<Task>();
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is { } line)
            waiting.Add(StoreAsync(int.Parse(line, CultureInfo.InvariantCulture)));
        await Task.WhenAll(waiting);

        async Task StoreAsync(int number)
        {
            try
            {
                await store.AppendAsync([new EventBatch(project, Batch(number))], default);
            }
            catch (StoreException e) when (e.Fault == StoreFault.Failed)
            {
                Environment.Exit(FailedExitCode);
            }

            await answering.WaitAsync();
            await Console.Out.WriteLineAsync(number.ToString(CultureInfo.InvariantCulture));
            await Console.Out.FlushAsync();
            answering.Release();
        }
    }

    private static Event EventOf(int number, int index) => Some.Event(
        user: $"user-{number % 50}",
        minute: (number % 97) + (index * 0.1),
        id: $"{number}-{index}",
        properties: $$"""{"batch":{{number}},"index":{{index}}}""");
}
