using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Sojourn.Tests.Server;
using Sojourn.Tests.Tidy;
using Xunit;

namespace Sojourn.Tests.EndToEnd;

/// <summary>Segment's own client for Node, from npm, sends to the real server.</summary>
public sealed class SegmentNodeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_call_becomes_an_event_and_they_become_sessions()
    {
        await using var server = await TestServer.StartAsync();

        await SendAsync(server, server.SecretKey);

        var events = (await server.GetAsync("/v1/events"))["items"]!.AsArray();
        Assert.Equal(
            ["alias", "checkout_started", "group", "identify", "order_submitted", "page_view",
                "screen_view"],
            events.Select(e => (string?)e!["name"]).Order());
        Assert.Empty((await server.GetAsync("/v1/refusals"))["items"]!.AsArray());
        var user = await OnlyAsync(server, "users");
        Assert.Equal(("ada@shop.test", "Ada L"),
            ((string?)user["person"]!["email"], (string?)user["person"]!["name"]));
        Assert.Equal("converted", (string?)user["status"]);
        Assert.Equal("verified", (string?)events[0]!["trust"]);
    }

    [Fact]
    public async Task A_checkout_and_its_order_meet()
    {
        await using var server = await TestServer.StartAsync();

        await SendAsync(server, server.SecretKey);

        var checkout = await OnlyAsync(server, "checkouts");
        Assert.Equal("converted", (string?)checkout["status"]);
        Assert.Equal("Shoe", (string?)checkout["checkout"]!["product"]!["name"]);
        Assert.Equal(
            """{"amount":"49.95","currency":"EUR"}""",
            checkout["checkout"]!["value"]!.ToJsonString());
    }

    [Fact]
    public async Task A_thousand_messages_in_many_batches_all_arrive()
    {
        await using var server = await TestServer.StartAsync();

        await SendAsync(server, server.WriteKey, tracks: 1_000);

        Assert.Equal(1_007, await CountAsync(server));
    }

    [Fact]
    [Trait("Invariant", "I3")]
    public async Task What_could_not_be_stored_is_sent_again_and_stored_once()
    {
        await using var server = await TestServer.StartAsync();
        var commits = 0;
        server.Store.CommitFault = () =>
        {
            if (commits++ == 0)
                throw new SqliteException("database or disk is full", 13);
        };

        await SendAsync(server, server.SecretKey);

        Assert.Equal(2, commits);
        Assert.Equal(7, await CountAsync(server));
    }

    private static async Task SendAsync(TestServer server, string key, int tracks = 0)
    {
        var folder = Repository.At("tests", "clients", "segment");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            const string Missing = "Segment's clients are missing. Run ./test, or npm ci in "
                + "tests/clients/segment.";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", Missing);
            Assert.Fail(Missing);
        }

        using var node = Process.Start(new ProcessStartInfo(
            "node", ["node.mjs", server.Address.ToString(), key, $"{tracks}"])
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
        });
        using var late = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        late.CancelAfter(Patience);
        try
        {
            var errors = await node!.StandardError.ReadToEndAsync(late.Token);
            await node.WaitForExitAsync(late.Token);
            Assert.True(node.ExitCode == 0, errors);
        }
        finally
        {
            if (node is { HasExited: false })
                node.Kill();
        }
    }

    private static async Task<int> CountAsync(TestServer server)
    {
        var count = 0;
        string? cursor = null;
        do
        {
            var page = await server.GetAsync(
                "/v1/events?limit=200" + (cursor is null ? "" : "&cursor=" + cursor));
            count += page["items"]!.AsArray().Count;
            cursor = (string?)page["next"];
        }
        while (cursor is not null);

        return count;
    }

    private static async Task<JsonNode> OnlyAsync(TestServer server, string lens) =>
        Assert.Single(
            (await server.GetAsync("/v1/sessions?lens=" + lens))["items"]!.AsArray())!;
}
