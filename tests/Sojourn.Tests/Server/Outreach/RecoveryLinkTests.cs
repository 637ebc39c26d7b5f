using System.Net;
using System.Text.RegularExpressions;
using Sojourn.Events;
using Sojourn.Kinds.Checkouts;
using Sojourn.Queries;
using Sojourn.Server.Outreach;
using Sojourn.Sessions;
using Sojourn.Storage;
using Xunit;

namespace Sojourn.Tests.Server.Outreach;

/// <summary>The link in a message, as customers, scanners and strangers open it.</summary>
public sealed partial class RecoveryLinkTests : IAsyncLifetime
{
    private const string Back = "https://shop.example/back?c=k1";
    private const string Firefox =
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private OutreachWorld _world = null!; // Set before each test.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await OutreachWorld.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_mail_carries_our_link_and_it_leads_back_to_the_shop()
    {
        var link = await MailedAsync();

        using var answer = await OpenAsync(link);

        Assert.StartsWith(
            new Uri(_world.Server.Address, "/r/").ToString(), link, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Redirect, Back), Where(answer));
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal(
            "noindex, nofollow", Assert.Single(answer.Headers.GetValues("X-Robots-Tag")));
    }

    [Fact]
    public async Task A_click_is_a_verified_event_of_the_checkout_that_says_how_it_was_sent()
    {
        var link = await MailedAsync();

        using var answer = await OpenAsync(link);

        var click = Assert.Single(await ClicksAsync());
        Assert.Equal(Trust.Verified, click.Trust);
        Assert.Equal("k1", click.Properties.Text("checkout_id"));
        Assert.Equal("email", click.Properties.Text("channel"));
        Assert.Equal("left", click.Properties.Text("rule"));
        Assert.Equal("1", click.Properties.Text("step"));
        Assert.Equal("true", CheckoutFields.Read<string>(
            await _world.CheckoutAsync(), CheckoutFields.Returned));
    }

    [Fact]
    public async Task An_order_after_a_click_is_credited_to_the_link_and_its_channel()
    {
        await _world.Server.Store.PutDocumentAsync(
            RuleSets.PlaceOf(_world.Server.Project.Id, "recovery"), 0,
            """{"credit":"link_or_code"}""", Cancel);
        using var answer = await OpenAsync(await WrittenAsync("whatsapp"));
        await _world.Server.TellAsync(Some.Event(
            "order_submitted", 60, "amina", trust: Trust.Verified,
            properties: """{"checkout_id":"k1","order_id":"o1","total":"20.00"}"""));

        var checkout = await _world.CheckoutAsync();

        Assert.Equal(CheckoutStatus.Recovered, checkout.Lifecycle.Status);
        Assert.Equal("link", CheckoutFields.Read<string>(checkout, CheckoutFields.CreditedBy));
        Assert.Equal(
            "whatsapp", CheckoutFields.Read<string>(checkout, CheckoutFields.CreditedChannel));
    }

    [Fact]
    public async Task Clicks_of_one_minute_count_once_and_of_another_again()
    {
        var link = await MailedAsync();

        for (var i = 0; i < 3; i++)
            (await OpenAsync(link)).Dispose();
        Assert.Single(await ClicksAsync());
        _world.Server.Clock.Advance(TimeSpan.FromMinutes(1));
        (await OpenAsync(link)).Dispose();

        Assert.Equal(2, (await ClicksAsync()).Count);
    }

    [Theory]
    [InlineData("HEAD", "User-Agent", Firefox)]
    [InlineData("GET", "Purpose", "prefetch")]
    [InlineData("GET", "Sec-Purpose", "prefetch;prerender")]
    [InlineData("GET", "X-Purpose", "preview")]
    [InlineData("GET", "Sec-Fetch-Dest", "image")]
    [InlineData("GET", "User-Agent", "WhatsApp/2.23.20.0 A")]
    [InlineData("GET", "User-Agent", "Mozilla/5.0 (compatible; Googlebot/2.1)")]
    [InlineData("GET", "User-Agent", null)]
    public async Task Whoever_only_looks_is_shown_the_way_and_counts_nowhere(
        string method, string header, string? value)
    {
        var link = await MailedAsync();

        using var answer = await OpenAsync(link, method, header, value);

        Assert.Equal((HttpStatusCode.Redirect, Back), Where(answer));
        Assert.Empty(await ClicksAsync());
    }

    [Theory]
    [InlineData("https://shop.example/cart?token=1", "https://shop.example/cart?token=1")]
    [InlineData("https://eu.shop.example:8443/cart", "https://eu.shop.example:8443/cart")]
    [InlineData("http://shop.example/cart", Back)]
    [InlineData("https://shop.example:444/cart", Back)]
    [InlineData("https://shop.example.evil.example/cart", Back)]
    [InlineData("https://shop.example@evil.example/cart", Back)]
    [InlineData("https://amina@shop.example/cart", Back)]
    [InlineData("https://evil.example/https://shop.example/", Back)]
    [InlineData("https:\\\\evil.example\\", Back)]
    public async Task Only_an_address_on_a_site_the_project_named_is_gone_to(
        string told, string target)
    {
        await _world.SaveAsync(OutreachWorld.Settings with
        {
            RecoveryOrigins = ["https://shop.example", "https://eu.shop.example:8443/"],
        });
        var link = await MailedAsync();
        await _world.Server.TellAsync(Some.Event(
            "checkout_updated", 1, "amina", properties: $$"""
                {"checkout_id":"k1","restore_url":"{{told.Replace("\\", "\\\\")}}"}
                """));

        using var answer = await OpenAsync(link);

        Assert.Equal((HttpStatusCode.Redirect, target), Where(answer));
    }

    [Fact]
    public async Task Without_named_sites_no_address_of_an_event_is_gone_to()
    {
        var link = await MailedAsync();
        await _world.Server.TellAsync(Some.Event(
            "checkout_updated", 1, "amina", trust: Trust.Verified, properties: """
                {"checkout_id":"k1","restore_url":"https://shop.example/cart"}
                """));

        using var answer = await OpenAsync(
            link + "?to=https://evil.example&restore_url=https://evil.example");

        Assert.Equal(Back, Where(answer).To);
    }

    [Fact]
    public async Task A_link_that_is_none_of_ours_says_so_and_leads_nowhere()
    {
        var link = await MailedAsync();
        var at = link.LastIndexOf('/') + 1;
        var other = link[..at] + (link[at] == 'A' ? 'B' : 'A') + link[(at + 1)..];
        string[] wrong =
        [
            other, link[..^1], link + "A", link[..at] + "none", link[..at] + new string('A', 90),
            link[..at] + new string('A', 2_000),
        ];

        foreach (var one in wrong)
        {
            using var answer = await OpenAsync(one);
            var text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));

            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Contains("This link leads nowhere", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Nour", text, StringComparison.Ordinal);
        }

        Assert.Empty(await ClicksAsync());
    }

    [Fact]
    [Trait("Invariant", "I8")]
    public async Task A_link_leads_to_no_checkout_of_another_project()
    {
        await _world.LeaveAsync();
        var made = await _world.Server.Store.CreateProjectAsync(
            "Other", ProjectSettings.Default, Cancel);
        var write = await LinksAsync();
        var session = (await _world.CheckoutAsync()).Id;

        using var answer = await OpenAsync(write(new(made.Project.Id, session, "sms")));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Without_a_place_to_go_there_is_no_link()
    {
        var link = await MailedAsync();
        await _world.SaveAsync(OutreachWorld.Settings with { RecoveryUrl = null });

        using var answer = await OpenAsync(link);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("https://shop.example{checkout_id}/back", "recovery_url")]
    [InlineData("https://{checkout_id}.shop.example/", "recovery_url")]
    [InlineData("javascript:alert(1)", "recovery_url")]
    [InlineData("https://u:p@shop.example/", "recovery_url")]
    [InlineData("https://shop.example/{checkout_id}", null)]
    public void An_address_in_which_the_checkout_could_name_the_site_is_refused(
        string url, string? field)
    {
        var settings = OutreachWorld.Settings with { RecoveryUrl = url };

        Assert.Equal(field, OutreachFaults.Of(settings)?.Field);
    }

    [Theory]
    [InlineData("https://shop.example", null)]
    [InlineData("https://shop.example/cart", "recovery_origins")]
    [InlineData("shop.example", "recovery_origins")]
    [InlineData("ftp://shop.example", "recovery_origins")]
    [InlineData("https://*.shop.example", "recovery_origins")]
    public void A_site_is_named_wholly_and_by_nothing_more(string origin, string? field)
    {
        var settings = OutreachWorld.Settings with { RecoveryOrigins = [origin] };

        Assert.Equal(field, OutreachFaults.Of(settings)?.Field);
    }

    // The link of a mail that was sent.
    private async Task<string> MailedAsync()
    {
        await _world.LeaveAsync();
        await _world.PassAsync(41);
        var row = (await _world.RowsAsync())[0];
        return Link().Match(row.Body!).Value;
    }

    // A link that a person sends.
    private async Task<string> WrittenAsync(string channel)
    {
        await _world.LeaveAsync();
        _world.Server.Clock.Advance(TimeSpan.FromMinutes(41));
        var session = (await _world.CheckoutAsync()).Id;
        return (await LinksAsync())(new(_world.Server.Project.Id, session, channel));
    }

    private async Task<Func<RecoveryMark, string>> LinksAsync() =>
        await _world.Server.Services.GetRequiredService<RecoveryLinks>().WriterAsync(Cancel);

    private async Task<HttpResponseMessage> OpenAsync(
        string link, string method = "GET", string header = "User-Agent",
        string? value = Firefox)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), link);
        if (header != "User-Agent")
            request.Headers.TryAddWithoutValidation("User-Agent", Firefox);
        if (value is not null)
            request.Headers.TryAddWithoutValidation(header, value);
        return await _world.Server.Nobody.SendAsync(request, Cancel);
    }

    private static (HttpStatusCode Status, string? To) Where(HttpResponseMessage answer) =>
        (answer.StatusCode, answer.Headers.Location?.OriginalString);

    private async Task<IReadOnlyList<Event>> ClicksAsync() =>
    [
        .. (await _world.Server.Store.EventsAsync(
            _world.Server.Project.Id,
            new EventQuery { Names = ["recovery_clicked"], Limit = 20 },
            Cancel)).Items.Select(one => one.Event),
    ];

    [GeneratedRegex(@"http\S+/r/[\w-]+")]
    private static partial Regex Link();
}
