using System.Net;
using System.Text;
using Sojourn.Ingest;
using Sojourn.Server.Api.Hooks;
using Sojourn.Server.Outreach;
using Sojourn.Storage;
using Xunit;

namespace Sojourn.Tests.Server.Outreach;

/// <summary>Who tells a mail provider that they want no mail gets none from us either.</summary>
public sealed class ProviderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("unsubscribe", "unsubscribe")]
    [InlineData("group_unsubscribe", "unsubscribe")]
    [InlineData("spamreport", "email_complained")]
    [InlineData("bounce", "email_bounced")]
    [InlineData("dropped", "email_bounced")]
    public async Task What_the_provider_tells_stops_what_was_planned(string told, string why)
    {
        await using var world = await OutreachWorld.StartAsync();
        await world.LeaveAsync();
        await world.PassAsync(41);
        Assert.Single(world.Smtp.Read);

        await TellAsync(world, told);
        await world.PassAsync(24 * 60);

        Assert.Single(world.Smtp.Read);
        Assert.Equal(
            [(OutboxStates.Sent, null), (OutboxStates.Stopped, StopReasons.Suppressed)],
            (await world.RowsAsync()).Select(row => (row.State, row.Why)));
        var entry = Assert.Single(await SuppressedAsync(world));
        Assert.Equal((why, "sendgrid"), (entry.Why, entry.By));
    }

    [Fact]
    public async Task Told_before_anything_was_planned_it_stops_it_all_the_same()
    {
        await using var world = await OutreachWorld.StartAsync();
        await TellAsync(world, "unsubscribe");
        await world.LeaveAsync();

        await world.PassAsync(41);

        Assert.Empty(world.Smtp.Read);
        Assert.Equal((OutboxStates.Stopped, StopReasons.Suppressed), await world.FirstAsync());
    }

    [Theory]
    [InlineData("delivered")]
    [InlineData("open")]
    [InlineData("click")]
    [InlineData("deferred")]
    [InlineData("group_resubscribe")]
    public async Task Other_news_stop_nothing(string told)
    {
        await using var world = await OutreachWorld.StartAsync();
        await TellAsync(world, told);
        await world.LeaveAsync();

        await world.PassAsync(41);

        Assert.Empty(await SuppressedAsync(world));
        Assert.Single(world.Smtp.Read);
    }

    [Fact]
    public async Task Who_wants_mail_again_at_the_provider_is_still_not_written_to()
    {
        await using var world = await OutreachWorld.StartAsync();
        await TellAsync(world, "group_unsubscribe");
        await TellAsync(world, "group_resubscribe");

        Assert.Equal("unsubscribe", Assert.Single(await SuppressedAsync(world)).Why);
    }

    // As SendGrid posts it; its letters' case is the customer's.
    private static async Task TellAsync(OutreachWorld world, string told)
    {
        var server = world.Server;
        var secret = await server.Services.GetRequiredService<HookBook>()
            .AddAsync(server.Project, HookSource.SendGrid, HookProof.None, "ada", Cancel);
        using var body = new StringContent(
            $$"""
            [{"event":"{{told}}","email":"Amina@home.example","sg_event_id":"e-{{told}}",
              "timestamp":{{server.Clock.GetUtcNow().ToUnixTimeSeconds()}}}]
            """,
            Encoding.UTF8, "application/json");
        using var answer = await server.Nobody.PostAsync(
            HookSettingsApi.PathOf(server.Project.Id, secret!), body, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static Task<IReadOnlyList<SuppressedAddress>> SuppressedAsync(OutreachWorld world) =>
        world.Outbox.ListSuppressedAsync(world.Server.Project.Id, Cancel);
}
