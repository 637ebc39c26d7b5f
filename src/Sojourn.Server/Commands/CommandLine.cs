using System.CommandLine;
using Npgsql;
using Sojourn.Storage;

namespace Sojourn.Server.Commands;

/// <summary>Runs one verb and turns what goes wrong into a sentence and a code.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, IReadOnlyList<Command> verbs)
    {
        var root = new RootCommand("Sojourn: events in, sessions out, kept and queryable.");
        foreach (var verb in verbs) root.Subcommands.Add(verb);

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            var verb = parsed.CommandResult.Command is RootCommand
                ? ""
                : parsed.CommandResult.Command.Name + " ";
            return Fail(ExitCodes.Usage,
                $"{parsed.Errors[0].Message} See: sojourn {verb}--help");
        }

        try
        {
            // Signals are the server's own business: it drains before it ends.
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (Exception failure)
        {
            return Fail(CodeOf(failure), SentenceOf(failure));
        }
    }

    private static int Fail(int code, string message)
    {
        Console.Error.WriteLine($"sojourn: {message}");
        return code;
    }

    private static int CodeOf(Exception failure) => failure switch
    {
        CommandFailure known => known.ExitCode,
        StoreException { Fault: StoreFault.InUse } => ExitCodes.InUse,
        StoreException { Fault: StoreFault.TooNew or StoreFault.Unusable } =>
            ExitCodes.Configuration,
        NpgsqlException or IOException or HttpRequestException => ExitCodes.Storage,
        _ => ExitCodes.Failed,
    };

    private static string SentenceOf(Exception failure) => failure switch
    {
        CommandFailure or StoreException => failure.Message,
        NpgsqlException => $"PostgreSQL does not answer: {failure.Message} Check --postgres.",
        IOException when IsDiskFull(failure) =>
            "The disk is full. Make room and run the command again; what was stored stays.",
        IOException => $"{failure.Message} Check the disk and run the command again.",
        HttpRequestException =>
            "The server went away. Look at its log, and run the command again.",
        OperationCanceledException => "Stopped. Run the command again to go on.",
        _ => $"{failure.Message} This should not happen; please report it:\n{failure}",
    };

    private static bool IsDiskFull(Exception failure) =>
        (failure.HResult & 0xFFFF) == 28 // ENOSPC
        || failure.Message.Contains("No space left", StringComparison.Ordinal);
}
