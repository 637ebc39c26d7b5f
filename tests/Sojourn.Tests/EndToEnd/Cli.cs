using System.Diagnostics;
using System.Text.Json.Nodes;
using Sojourn.Tests.Server;
using Xunit;

namespace Sojourn.Tests.EndToEnd;

/// <summary>Runs the program as a person would: a process, its output, its exit code.</summary>
internal static class Cli
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>How a command ended.</summary>
    public sealed record Ended(int Code, string Out, string Error)
    {
        public JsonNode Json => JsonNode.Parse(Out)!;

        public string[] Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public static async Task<Ended> RunAsync(params string[] args) =>
        await RunAsync(null, args);

    /// <summary>Runs a command that reads standard input.</summary>
    public static async Task<Ended> RunAsync(string? input, string[] args)
    {
        using var process = Start(args, input is not null);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            if (input is not null)
            {
                await process.StandardInput.WriteAsync(input);
                process.StandardInput.Close();
            }

            await process.WaitForExitAsync(patience.Token);
            return new Ended(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    /// <summary>Runs a command that must succeed.</summary>
    public static async Task<Ended> DoAsync(params string[] args)
    {
        var ended = await RunAsync(args);
        Assert.True(ended.Code == 0, $"{string.Join(' ', args)}: {ended.Code} {ended.Error}");
        return ended;
    }

    /// <summary>Starts the program.</summary>
    /// <param name="args">Its arguments.</param>
    /// <param name="hasInput">True when something will be written to it.</param>
    /// <param name="isSetUp">True when a server has an admin by the environment.</param>
    /// <param name="admin">E-mail and password in the environment, null = not set.</param>
    public static Process Start(
        string[] args,
        bool hasInput = false,
        bool isSetUp = true,
        (string? Email, string? Password) admin = default)
    {
        // The program's assembly stands beside the tests that refer to it.
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = hasInput,
        };
        if (isSetUp)
            admin = (TestServer.AdminEmail, TestServer.Password);
        start.Environment["SOJOURN_ADMIN_EMAIL"] = admin.Email;
        start.Environment["SOJOURN_ADMIN_PASSWORD"] = admin.Password;
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "sojourn.dll"));
        foreach (var arg in args) start.ArgumentList.Add(arg);
        return Process.Start(start)!;
    }
}
