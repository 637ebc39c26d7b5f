namespace Sojourn.Server.Commands;

/// <summary>A command cannot do its work: what, why and what to do next.</summary>
internal sealed class CommandFailure(int exitCode, string message) : Exception(message)
{
    /// <summary>The exit code.</summary>
    public int ExitCode { get; } = exitCode;

    public static CommandFailure Usage(string message) => new(ExitCodes.Usage, message);

    public static CommandFailure Configuration(string message) =>
        new(ExitCodes.Configuration, message);
}

/// <summary>How the program exits. Source: sysexits.h, docs/guide/commands.md.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>It did its work and the answer is no, or something unforeseen went wrong.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the file it names is wrong.</summary>
    public const int Usage = 64;

    /// <summary>A disk or database failed or is full.</summary>
    public const int Storage = 74;

    /// <summary>Another process has what is needed.</summary>
    public const int InUse = 75;

    /// <summary>A key, project, address or the data itself does not fit.</summary>
    public const int Configuration = 78;
}
