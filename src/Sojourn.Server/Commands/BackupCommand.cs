using System.CommandLine;
using Sojourn.Server.Api;
using Sojourn.Storage;
using Sojourn.Storage.Sqlite;

namespace Sojourn.Server.Commands;

/// <summary><c>sojourn backup</c>: a whole, checked copy, also while a server runs.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var to = new Option<string>("--to")
        {
            Description = "The file to write; it must not exist.",
            Required = true,
        };
        var command = new Command("backup", "Copies the data into one file, also while it is used.")
        {
            to,
        };
        var place = StorePlace.AddOptions(command);
        command.SetAction((parsed, cancel) => RunAsync(
            StorePlace.Of(parsed, place), Path.GetFullPath(parsed.GetRequiredValue(to)), cancel));
        return command;
    }

    private static async Task<int> RunAsync(StorePlace place, string to, CancellationToken cancel)
    {
        if (place.Folder is not { } folder)
            throw CommandFailure.Usage("The data is in PostgreSQL: back it up with pg_dump.");
        if (!Directory.Exists(folder))
            throw CommandFailure.Configuration($"There is no folder {folder}. Check --data.");
        if (File.Exists(to))
            throw CommandFailure.Usage($"{to} exists. Name a file that does not.");

        var (store, server) = await place.ReachAsync(cancel);
        if (server is not null)
        {
            using (server)
                await server.PostAsync("/control/backup", new BackupAsked(to), cancel);
        }
        else
        {
            await using (store)
                await Backups.Of(store!)!(to, cancel); // A folder's store always can.
        }

        Console.Out.WriteLine($"Wrote {to}");
        return ExitCodes.Ok;
    }
}

/// <summary>Finds the way a store is copied.</summary>
internal static class Backups
{
    /// <summary>Writes a copy to a file; null when the store has tools for that.</summary>
    public static Func<string, CancellationToken, Task>? Of(IStore store) =>
        store is EmbeddedStore embedded ? embedded.BackupAsync : null;
}
