using System.CommandLine;
using Sojourn.Storage.Sqlite;

namespace Sojourn.Server.Commands;

/// <summary><c>sojourn restore FILE --data DIR</c>: makes a data folder of a backup.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "What sojourn backup wrote." };
        var data = new Option<string>("--data")
        {
            Description = "A folder without data.",
            Required = true,
        };
        var command = new Command("restore", "Makes a data folder of a backup.") { file, data };
        command.SetAction(async (parsed, cancel) =>
        {
            var folder = Path.GetFullPath(parsed.GetRequiredValue(data));
            var source = Path.GetFullPath(parsed.GetRequiredValue(file));
            if (!File.Exists(source))
                throw CommandFailure.Usage($"There is no file {source}. Name a backup.");

            await EmbeddedStore.RestoreAsync(source, folder, cancel);
            Console.Out.WriteLine(
                $"Restored into {folder}. Start it: sojourn serve --data {folder}");
            return ExitCodes.Ok;
        });
        return command;
    }
}
