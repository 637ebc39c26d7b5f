using Sojourn.Events;
using Sojourn.Ingest;
using Sojourn.Server;
using Sojourn.Sessions;
using Sojourn.Tests.Ingest.Mail;
using Sojourn.Tests.Sessions;
using Xunit;

namespace Sojourn.Tests.Server.Hooks;

/// <summary>Providers send in any order and several times; sessions do not show it.</summary>
[Trait("Invariant", "I4")]
public sealed class MailDisorderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_mails_in_any_order_and_tripled_give_the_same_sessions()
    {
        var items = Items();
        string? expected = null;
        for (var seed = 0; seed < 5; seed++)
        {
            await using var world = await HookWorld.StartAsync();
            var path = await world.HookAsync(HookSource.SendGrid);
            var random = new Random(seed);
            var sent = seed == 0 ? items : [.. items, .. items, .. items];
            if (seed > 0)
                random.Shuffle(sent);
            foreach (var batch in sent.Chunk(7))
            {
                var (status, body) = await world.SendAsync(
                    path, $"[{string.Join(',', batch)}]");
                Assert.Equal((200, 0), (status, body["rejected"]!.AsArray().Count));
            }

            var sessions = await DescribeAsync(world);
            Assert.NotEmpty(sessions);
            Assert.Equal(expected ??= sessions, sessions);
        }
    }

    private static async Task<string> DescribeAsync(HookWorld world)
    {
        var events = new List<Event>();
        await foreach (var e in world.Server.Store.AllEventsAsync(
            world.Server.Project.Id, Cancel))
        {
            events.Add(e);
        }

        var pure = Sessionizer.All(
            Program.Kinds,
            ProjectSettings.Default,
            Program.SuppressionOf(ProjectSettings.Default),
            events,
            []);
        var listed = await world.Server.GetAsync("/v1/sessions?lens=users&suppressed=all");
        Assert.Equal(pure.Count, (int)listed["total"]!);
        return (Worlds.Describe(pure) + listed["items"]!.ToJsonString())
            .Replace(world.Server.Project.Id, "PROJECT");
    }

    // Three people; one is known by an argument, one by a device that a later mail joins.
    private static string[] Items()
    {
        string[] words = ["processed", "delivered", "open", "click", "click", "unsubscribe"];
        string[] people =
            ["", ",\"user_id\":\"ada\"", ",\"anonymous_id\":\"d\"",
             ",\"anonymous_id\":\"d\",\"user_id\":\"bo\""];
        return
        [
            .. from i in Enumerable.Range(0, 48)
               let person = i % people.Length
               select MailDecoded.SendGrid(
                    words[i / people.Length % words.Length],
                    $"\"sg_machine_open\":{(i % 5 == 0 ? "true" : "false")}" + people[person])
                   .Replace("\"e1\"", $"\"e{i}\"")
                   .Replace("Ada@", $"P{person}@")
                   .Replace("1772445600", $"{1772445600 + i * 137}"),
        ];
    }
}
