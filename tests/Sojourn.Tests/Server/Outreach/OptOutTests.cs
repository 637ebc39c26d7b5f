using System.Net;
using Sojourn.Server.Outreach;
using Sojourn.Storage;
using Xunit;

namespace Sojourn.Tests.Server.Outreach;

/// <summary>The link in each mail, as people, mail programs and scanners use it.</summary>
public sealed class OptOutTests
{
    private const string Address = "amina@home.example";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Opening_the_link_shows_a_button_and_little_of_the_address()
    {
        await using var world = await OutreachWorld.StartAsync();
        var link = await MailedAsync(world);

        var (status, text) = await OpenAsync(world, link);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("a•••@home.example", text, StringComparison.Ordinal);
        Assert.Contains("Send me no more", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Address, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_opens_links_stops_nothing()
    {
        await using var world = await OutreachWorld.StartAsync();
        var link = await MailedAsync(world);

        for (var i = 0; i < 3; i++)
            await OpenAsync(world, link);
        using var head = new HttpRequestMessage(HttpMethod.Head, link);
        using var answer = await world.Server.Nobody.SendAsync(head, Cancel);
        await world.PassAsync(24 * 60);

        Assert.Empty(await SuppressedAsync(world));
        Assert.Equal(2, world.Smtp.Read.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("List-Unsubscribe=One-Click")]
    public async Task Sending_the_button_stops_what_waits_and_what_comes_later(string body)
    {
        await using var world = await OutreachWorld.StartAsync();
        var link = await MailedAsync(world);

        var (status, text) = await SendAsync(world, link, body);
        await world.LeaveAsync(Address, "k2", 60, user: "another");
        await world.PassAsync(24 * 60);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("You get no more mails", text, StringComparison.Ordinal);
        var rows = await world.RowsAsync();
        Assert.Contains(rows, row => row.Person != rows[0].Person);
        Assert.Equal(
            [OutboxStates.Sent, OutboxStates.Stopped],
            rows.Where(row => row.Person == "amina").Select(row => row.State));
        Assert.All(
            rows.Where(row => row.Why is not null),
            row => Assert.Equal(StopReasons.Suppressed, row.Why));
        Assert.Single(world.Smtp.Read);
    }

    [Fact]
    public async Task Sending_it_again_changes_nothing()
    {
        await using var world = await OutreachWorld.StartAsync();
        var link = await MailedAsync(world);
        await SendAsync(world, link, "");
        var first = Assert.Single(await SuppressedAsync(world));

        world.Server.Clock.Advance(TimeSpan.FromMinutes(5));
        var (status, _) = await SendAsync(world, link, "");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(first, Assert.Single(await SuppressedAsync(world)));
        Assert.Equal((Suppressions.OptOut, "customer"), (first.Why, first.By));
    }

    [Fact]
    public async Task Who_opted_out_sees_that_it_was_done()
    {
        await using var world = await OutreachWorld.StartAsync();
        var link = await MailedAsync(world);
        await SendAsync(world, link, "");

        var (_, text) = await OpenAsync(world, link);

        Assert.Contains("gets no more mails of this kind from Nour", text,
            StringComparison.Ordinal);
        Assert.DoesNotContain("Send me no more", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_speaks_the_language_of_the_mail()
    {
        await using var world = await OutreachWorld.StartAsync(OutreachWorld.Settings with
        {
            Rules = [OutreachWorld.Settings.Rules[0] with { Steps = [new("0s", "email-ar")] }],
        });

        var (_, text) = await OpenAsync(world, await MailedAsync(world));

        Assert.Contains("dir=\"rtl\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_none_of_ours_tells_nothing_and_does_nothing()
    {
        await using var world = await OutreachWorld.StartAsync();
        var link = (await MailedAsync(world)).ToString();
        var other = link[..^2] + (link[^2] == 'A' ? 'B' : 'A') + link[^1];

        foreach (var wrong in new[] { other, link[..^1], link + "A", link[..^43] + "none" })
        {
            var (opened, text) = await OpenAsync(world, new Uri(wrong));
            var (sent, _) = await SendAsync(world, new Uri(wrong), "");

            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (opened, sent));
            Assert.Contains("This link leads nowhere", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Nour", text, StringComparison.Ordinal);
        }

        Assert.Empty(await SuppressedAsync(world));
    }

    // The link of a mail that was sent.
    private static async Task<Uri> MailedAsync(OutreachWorld world)
    {
        await world.LeaveAsync();
        await world.PassAsync(41);
        var mail = await world.Smtp.NextAsync(Cancel);
        return new Uri(mail.Header("List-Unsubscribe").Trim('<', '>'));
    }

    private static Task<IReadOnlyList<SuppressedAddress>> SuppressedAsync(OutreachWorld world) =>
        world.Outbox.ListSuppressedAsync(world.Server.Project.Id, Cancel);

    private static async Task<(HttpStatusCode Status, string Text)> OpenAsync(
        OutreachWorld world, Uri link)
    {
        using var answer = await world.Server.Nobody.GetAsync(link, Cancel);
        return await ReadAsync(answer);
    }

    private static async Task<(HttpStatusCode Status, string Text)> SendAsync(
        OutreachWorld world, Uri link, string body)
    {
        using var content = new StringContent(
            body, null, "application/x-www-form-urlencoded");
        using var answer = await world.Server.Nobody.PostAsync(link, content, Cancel);
        return await ReadAsync(answer);
    }

    private static async Task<(HttpStatusCode Status, string Text)> ReadAsync(
        HttpResponseMessage answer) =>
        (answer.StatusCode,
            WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel)));
}
