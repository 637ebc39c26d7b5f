using System.Net;
using Sojourn.Server.Outreach;
using Sojourn.Tests.Server.Accounts;
using Xunit;

namespace Sojourn.Tests.Server.Outreach;

/// <summary>Outreach on its page, without script.</summary>
public sealed class OutreachPageTests : IAsyncLifetime
{
    private OutreachWorld _world = null!; // Set before any test runs.
    private Visitor _admin = null!; // As above.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TestServer Server => _world.Server;

    private string Page => $"/p/{Server.Project.Id}/settings/outreach";

    private string Text => WebUtility.HtmlDecode(_admin.Text);

    private OutreachBook Book => Server.Services.GetRequiredService<OutreachBook>();

    public async ValueTask InitializeAsync()
    {
        _world = await OutreachWorld.StartAsync();
        _admin = new Visitor(Server);
        await _admin.SignInAsync();
        await _admin.GetAsync(Page);
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _world.DisposeAsync();
    }

    [Fact]
    public void Without_a_mail_server_the_page_says_that_nothing_is_sent() =>
        Assert.Contains("named no mail server", Text, StringComparison.Ordinal);

    [Fact]
    public async Task With_a_mail_server_it_does_not()
    {
        await using var server = await TestServer.StartAsync(_world.Smtp.Options);
        using var admin = new Visitor(server);
        await admin.SignInAsync();

        await admin.GetAsync($"/p/{server.Project.Id}/settings/outreach");

        Assert.DoesNotContain("named no mail server", admin.Text, StringComparison.Ordinal);
        Assert.Contains("Left the form", admin.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_are_saved_and_shown()
    {
        var rule = OutreachWorld.Settings.Rules[0] with { Name = "Expensive", MinValue = "300" };
        var settings = OutreachWorld.Settings with { Rules = [rule] };

        var sent = await _admin.PostAsync(
            Page, ("version", "1"), ("json", settings.Write()));
        await _admin.GetAsync(sent.Location!);

        Assert.Equal(Page, sent.Location);
        Assert.Contains(">Expensive<", Text, StringComparison.Ordinal);
        Assert.Equal("300", Book.Current(Server.Project).Settings.Rules[0].MinValue);
    }

    [Fact]
    public async Task A_fault_is_said_where_it_is_and_the_text_stays()
    {
        var settings = OutreachWorld.Settings.Write()
            .Replace("30m", "soon", StringComparison.Ordinal);

        var sent = await _admin.PostAsync(Page, ("version", "1"), ("json", settings));

        Assert.Equal(422, (int)sent.Status);
        Assert.Contains("rules[0].after", Text, StringComparison.Ordinal);
        Assert.Contains("soon", Text, StringComparison.Ordinal);
        Assert.Equal(1, Book.Current(Server.Project).Version);
    }

    [Fact]
    public async Task Who_saves_second_is_told_and_overwrites_nothing()
    {
        var sent = await _admin.PostAsync(
            Page, ("version", "0"), ("json", OutreachSettings.Default.Write()));
        await _admin.GetAsync(sent.Location!);

        Assert.Contains("somebody else saved first", Text, StringComparison.Ordinal);
        Assert.Single(Book.Current(Server.Project).Settings.Rules);
    }

    [Fact]
    public async Task A_template_is_looked_at_with_the_newest_order_and_saved()
    {
        await _world.LeaveAsync(product: "Blue lamp");
        Server.Clock.Advance(TimeSpan.FromMinutes(41));
        await _admin.GetAsync(Page + "/templates/email-en");
        var opened = Text;

        await _admin.PostAsync(Page + "/templates", Fields("preview", "One {{product}} for you"));
        var preview = Text;
        var before = Find("email-en")!.Version;
        await _admin.PostAsync(Page + "/templates", Fields("save", "One {{product}} for you"));

        Assert.Contains("began an order for Blue lamp", opened, StringComparison.Ordinal);
        Assert.Contains("One Blue lamp for you", preview, StringComparison.Ordinal);
        Assert.Equal(0, before);
        Assert.Equal("One {{product}} for you", Find("email-en")!.Body);
    }

    [Fact]
    public async Task A_template_with_a_fault_is_not_saved()
    {
        var sent = await _admin.PostAsync(
            Page + "/templates", Fields("save", "Hello {{password}}"));

        Assert.Equal(422, (int)sent.Status);
        Assert.Contains("There is no variable password.", Text, StringComparison.Ordinal);
        Assert.False(Find("email-en")!.IsSaved);
    }

    [Fact]
    public async Task A_template_is_made_and_deleted()
    {
        await _admin.GetAsync(Page + "/templates");
        await _admin.PostAsync(Page + "/templates", [
            ("new", "yes"), .. Fields("save", "Hello", "mine")]);
        var made = Find("mine");
        await _admin.PostAsync(Page + "/templates", Fields("delete", "Hello", "mine"));

        Assert.Equal("Hello", made?.Body);
        Assert.Null(Find("mine"));
    }

    [Fact]
    public async Task A_template_that_is_not_there_has_no_page() => Assert.Equal(
        HttpStatusCode.NotFound, await _admin.GetAsync(Page + "/templates/none"));

    [Fact]
    public async Task An_address_is_put_on_the_list_and_taken_off()
    {
        var put = await _admin.PostAsync(
            Page + "/suppressed", ("address", "amina@home.example"));
        await _admin.GetAsync(put.Location!);
        var shown = Text;
        var entry = Assert.Single(
            await _world.Outbox.ListSuppressedAsync(Server.Project.Id, Cancel));
        await _admin.PostAsync($"{Page}/suppressed/{entry.AddressKey}/remove");

        Assert.Contains("a•••@home.example", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("amina@home.example", shown, StringComparison.Ordinal);
        Assert.Empty(await _world.Outbox.ListSuppressedAsync(Server.Project.Id, Cancel));
    }

    [Fact]
    public async Task What_is_no_address_is_said()
    {
        var sent = await _admin.PostAsync(Page + "/suppressed", ("address", "amina"));

        Assert.Equal(422, (int)sent.Status);
        Assert.Contains("This is no address.", Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_stand_there_with_what_became_of_them()
    {
        await _world.LeaveAsync();
        await _world.PassAsync(41);
        await _world.LeaveAsync("bo@home.example", "k2", 60, user: "bo");
        await Server.Services.GetRequiredService<Suppressions>().AddAsync(
            Server.Project.Id, "bo@home.example", Suppressions.ByStaff, "mia", Cancel);
        await _world.PassAsync(61);
        await _admin.GetAsync(Page);

        Assert.Contains("amina@home.example", Text, StringComparison.Ordinal);
        Assert.Contains(">Sent\u00a0<time", Text, StringComparison.Ordinal);
        Assert.Contains("The address is written to no more", Text, StringComparison.Ordinal);
    }

    private MessageTemplate? Find(string id) =>
        Server.Services.GetRequiredService<TemplateBook>().Find(Server.Project, id);

    private (string Name, string Value)[] Fields(
        string verb, string body, string id = "email-en") =>
    [
        ("do", verb), ("id", id), ("version", $"{Find(id)?.Version ?? 0}"), ("name", "Mine"),
        ("channel", "email"), ("language", "en"), ("subject", "Your order"), ("body", body),
    ];
}
