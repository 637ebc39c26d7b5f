using System.CommandLine;
using System.Runtime.CompilerServices;
using Sojourn.Storage.Sqlite;

namespace Sojourn.Server.Commands;

/// <summary>
/// <c>sojourn verify</c>: rebuilds everything from the events and names every difference.
/// </summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var command = new Command("verify", "Rebuilds everything and names what differs.");
        var place = StorePlace.AddOptions(command);
        command.SetAction((parsed, cancel) => RunAsync(StorePlace.Of(parsed, place), cancel));
        return command;
    }

    // A folder is looked into before it is opened: opening damaged data says less.
    private static async IAsyncEnumerable<string> DifferencesAsync(
        StorePlace place, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (place.Folder is { } folder)
        {
            if (!Directory.Exists(folder))
                throw CommandFailure.Configuration($"There is no folder {folder}. Check --data.");

            var found = await EmbeddedStore.VerifyAsync(
                folder, StorePlace.Kinds, TimeProvider.System, cancel);
            foreach (var difference in found)
                yield return difference;
            yield break;
        }

        await using var store = await place.OpenAsync(cancel);
        await foreach (var difference in store.VerifyAsync(cancel))
            yield return difference;
    }

    private static async Task<int> RunAsync(StorePlace place, CancellationToken cancel)
    {
        var wrong = 0;
        await foreach (var difference in DifferencesAsync(place, cancel))
        {
            Console.Out.WriteLine(difference);
            wrong++;
        }

        if (wrong > 0)
        {
            throw new CommandFailure(ExitCodes.Failed,
                $"{wrong} differences. Keep a copy of the data, then restore the newest backup.");
        }

        Console.Out.WriteLine("All is well.");
        return ExitCodes.Ok;
    }
}
