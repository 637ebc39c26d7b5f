using System.CommandLine;

namespace Sojourn.Server.Commands;

/// <summary>
/// <c>sojourn verify</c>: rebuilds everything from the events and names every difference.
/// </summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var command = new Command("verify", "Rebuilds and compares; exits 1 and names what is wrong.");
        var place = StorePlace.AddOptions(command);
        command.SetAction((parsed, cancel) => RunAsync(StorePlace.Of(parsed, place), cancel));
        return command;
    }

    private static async Task<int> RunAsync(StorePlace place, CancellationToken cancel)
    {
        if (place.Folder is { } folder && !Directory.Exists(folder))
            throw CommandFailure.Configuration($"There is no folder {folder}. Check --data.");

        var wrong = 0;
        await using var store = await place.OpenAsync(cancel);
        await foreach (var difference in store.VerifyAsync(cancel))
        {
            Console.Out.WriteLine(difference);
            wrong++;
        }

        if (wrong > 0)
        {
            throw new CommandFailure(ExitCodes.Failed,
                $"{wrong} things are wrong. Keep a copy of the data, then restore the newest backup.");
        }

        Console.Out.WriteLine("All is well.");
        return ExitCodes.Ok;
    }
}
