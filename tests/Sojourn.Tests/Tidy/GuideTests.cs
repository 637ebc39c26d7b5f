using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Sojourn.Tests.Tidy;

/// <summary>The commands in the documentation do what the documentation says.</summary>
public sealed class GuideTests : IDisposable
{
    private static readonly TimeSpan EndWithin = TimeSpan.FromMinutes(5);

    // A checkout of its own, so that what a page leaves behind is taken away again.
    private readonly string _home = Directory.CreateTempSubdirectory("sojourn-guide-").FullName;

    /// <summary>Pages with commands to run.</summary>
    public static TheoryData<string> Pages { get; } =
    [
        .. from path in Repository.Files(".md", "docs").Append(Repository.At("README.md"))
           where GuidePage.Read(path).Steps.Count > 0
           select Repository.Name(path),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_commands_of_a_page_do_what_it_says(string name)
    {
        var page = GuidePage.Read(Repository.At(name.Split('/')));
        var port = FreePort();

        var (printed, errors) = await RunAsync(page.ToScript().Replace("5080", port));

        var differences = page.Differences(printed.Replace(port, "5080")).ToList();
        Assert.True(differences.Count == 0, string.Join('\n', [.. differences, errors]));
    }

    [Fact]
    public void A_page_that_says_something_else_is_found()
    {
        File.WriteAllText(
            Path.Combine(_home, "page.md"),
            """
            ```sh run
            echo 'one 17 two'
            ```
            ```text output
            one … three
            ```
            """);
        var page = GuidePage.Read(Path.Combine(_home, "page.md"));

        Assert.Single(page.Differences("one 17 two\n--- end of block ---\n"));
        Assert.Empty(page.Differences("one 17 three\n--- end of block ---\n"));
        Assert.Single(page.Differences("one 17 three\n"));
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private async Task<(string Printed, string Errors)> RunAsync(string script)
    {
        var checkout = Directory.CreateDirectory(Path.Combine(_home, "sojourn")).FullName;
        File.CreateSymbolicLink(Path.Combine(checkout, "sojourn"), Repository.At("sojourn"));
        File.CreateSymbolicLink(Path.Combine(_home, "shared"), Repository.Shared);
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", script])
        {
            WorkingDirectory = checkout,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
        using var late = CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken);
        late.CancelAfter(EndWithin);
        var errors = bash!.StandardError.ReadToEndAsync(late.Token);
        var printed = await bash.StandardOutput.ReadToEndAsync(late.Token);
        await bash.WaitForExitAsync(late.Token);
        return (printed, await errors);
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString();
    }
}
