using System.Net;
using System.Text.Json.Nodes;
using Sojourn.Ingest;
using Sojourn.Server.Api.Hooks;
using Sojourn.Server.Pages;
using Sojourn.Server.Pages.Settings;
using Sojourn.Tests.Server.Accounts;
using Sojourn.Tests.Tidy;
using Xunit;
using static Sojourn.Tests.Ingest.Mail.MailDecoded;

namespace Sojourn.Tests.Server.Hooks;

/// <summary>Admins make hooks; what is secret goes in and never comes out.</summary>
public sealed class HookSettingsTests : IAsyncLifetime
{
    // On another curve than SendGrid's: secp384r1.
    private const string OtherCurve =
        "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEiw5UlnN/FqDnaLCKdnRiDVmBe8NfyJ27kuS6qyxA5S5ke5V7+UzLMx0u"
        + "/yDj30VcDqIn99OtNOPSL5R/3MqXV/NauDb2kVi+11PJ2CkpYpUciYo+DJx4/g9+NvhKcwrW";

    private HookWorld _world = null!;
    private Visitor _admin = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TestServer Server => _world.Server;

    private HookBook Hooks => Server.Services.GetRequiredService<HookBook>();

    private string Page => $"/p/{Server.Project.Id}/settings/hooks";

    public async ValueTask InitializeAsync()
    {
        _world = await HookWorld.StartAsync();
        _admin = new Visitor(Server);
        await _admin.SignInAsync();
        await _admin.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task An_admin_makes_checks_and_deletes_a_hook()
    {
        var (status, made) = await AskAsync(HttpMethod.Post, "", """{"source":"sendgrid"}""");
        var id = (string)made["hook"]!["id"]!;
        var path = new Uri((string)made["address"]!).PathAndQuery;
        var before = await _world.SendAsync(path, $"[{SendGrid("open")}]");
        var (changed, hook) = await AskAsync(
            HttpMethod.Put, "/" + id, $$"""{"public_key":"{{_world.PublicKey}}"}""");
        var between = await _world.SendAsync(path, $"[{SendGrid("open")}]");
        var (_, list) = await AskAsync(HttpMethod.Get, "");
        var (deleted, _) = await AskAsync(HttpMethod.Delete, "/" + id);
        var (again, _) = await AskAsync(HttpMethod.Delete, "/" + id);

        Assert.Equal((201, 200, 200, 404), (status, changed, deleted, again));
        Assert.Equal(Server.Address.Authority, new Uri((string)made["address"]!).Authority);
        Assert.Equal((200, 401), (before.Status, between.Status));
        Assert.Equal("public_key", (string?)hook["proof"]);
        var listed = Assert.Single(list["items"]!.AsArray())!;
        Assert.Equal((1, TestServer.AdminEmail),
            ((int)listed["accepted"]!, (string?)listed["created_by"]));
        Assert.NotNull(listed["last_received"]);
        Assert.Empty(Hooks.ListOf(Server.Project.Id));
    }

    [Theory]
    [InlineData("""{"source":"postmark","user":"hook","password":"planted-secret"}""")]
    [InlineData("""{"source":"mailgun","signing_key":"planted-secret"}""")]
    [InlineData("""{"source":"woocommerce","signing_key":"planted-secret"}""")]
    [Trait("Threat", "D18")]
    public async Task What_is_secret_is_never_read_back(string settings)
    {
        var (status, made) = await AskAsync(HttpMethod.Post, "", settings);
        var address = (string)made["address"]!;
        var (_, list) = await AskAsync(HttpMethod.Get, "");
        await _admin.GetAsync(Page);
        var stored = Server.Store.ListDocuments(Server.Project.Id, "hooks")[0].Json;

        Assert.Equal(201, status);
        foreach (var text in new[] { list.ToJsonString(), _admin.Text, stored })
        {
            Assert.DoesNotContain("planted-secret", text);
            Assert.DoesNotContain(address.Split('/')[^1], text);
        }

        Assert.Equal("planted-secret", Hooks.ProofOf(Hooks.ListOf(Server.Project.Id)[0])!.Secret);
    }

    [Theory]
    [InlineData("{}", "source")]
    [InlineData("""{"source":"magento"}""", "source")]
    [InlineData("""{"source":"shopify","shop":"atlas.myshopify.com"}""", "signing_key")]
    [InlineData("""{"source":"shopify","signing_key":"k","shop":"https://a.b/"}""", "shop")]
    [InlineData("""{"source":"shopify","public_key":"x"}""", "public_key")]
    [InlineData("""{"source":"mailgun","signing_key":"k","shop":"a.b"}""", "shop")]
    [InlineData("""{"source":"sendgrid","public_key":"x"}""", "public_key")]
    [InlineData($$"""{"source":"sendgrid","public_key":"{{OtherCurve}}"}""", "public_key")]
    [InlineData("""{"source":"sendgrid","signing_key":"x"}""", "signing_key")]
    [InlineData("""{"source":"sendgrid","password":"x"}""", "password")]
    [InlineData("""{"source":"postmark","user":"x"}""", "password")]
    [InlineData("""{"source":"postmark","password":"x"}""", "user")]
    [InlineData("""{"source":"postmark","user":"a:b","password":"x"}""", "user")]
    [InlineData("""{"source":"mailgun","signing_key":" "}""", "signing_key")]
    [InlineData("""{"source":"mailgun","public_key":"x"}""", "public_key")]
    [InlineData("""{"source":"mailgun","project":"x"}""", null)]
    [InlineData("""{"source":"mailgun","secret_hash":"x"}""", null)]
    [InlineData("""{"source":"mailgun","source":"sendgrid"}""", null)]
    [InlineData("null", null)]
    [InlineData("[", null)]
    [Trait("Threat", "D14")]
    public async Task Settings_of_no_hook_make_none(string settings, string? field)
    {
        var (status, body) = await AskAsync(HttpMethod.Post, "", settings);

        Assert.Equal(
            (400, "hook_settings_invalid", field),
            (status, (string?)body["code"], (string?)body["field"]));
        Assert.NotEmpty((string)body["hint"]!);
        Assert.Empty(Hooks.ListOf(Server.Project.Id));
    }

    [Fact]
    [Trait("Threat", "D4")]
    public async Task A_hook_of_another_project_is_not_found()
    {
        var (other, _, _) = await Server.CreateAsync("other");
        var made = await Hooks.AddAsync(
            other, HookSource.SendGrid, HookProof.None, "ada", Cancel);

        var (deleted, body) = await AskAsync(HttpMethod.Delete, "/" + made!.Hook.Id);
        var (changed, _) = await AskAsync(HttpMethod.Put, "/" + made.Hook.Id, "{}");

        Assert.Equal((404, 404, "hook_unknown"), (deleted, changed, (string?)body["code"]));
        Assert.Single(Hooks.ListOf(other.Id));
    }

    [Fact]
    public async Task A_project_has_no_more_hooks_than_it_may()
    {
        for (var i = 0; i < HookBook.HooksMax; i++)
            await _world.HookAsync(HookSource.SendGrid);

        var (status, body) = await AskAsync(HttpMethod.Post, "", """{"source":"mailgun"}""");

        Assert.Equal((409, "too_many_hooks"), (status, (string?)body["code"]));
    }

    [Fact]
    public async Task On_the_page_a_hook_is_made_checked_and_deleted()
    {
        await _admin.GetAsync(Page);
        var made = await _admin.PostAsync(Page, ("source", "sendgrid"), ("public_key", ""));
        var address = Visitor.CopyOf(_admin.Text, "http");
        var id = Hooks.ListOf(Server.Project.Id)[0].Id;
        var before = await _world.SendAsync(
            new Uri(address).PathAndQuery, $"[{SendGrid("open")}]");
        await _admin.GetAsync(Page);
        var shown = _admin.Text;
        var set = await _admin.PostAsync($"{Page}/{id}/check", ("public_key", _world.PublicKey));
        var after = await _world.SendAsync(
            new Uri(address).PathAndQuery, $"[{SendGrid("open")}]");
        var deleted = await _admin.PostAsync($"{Page}/{id}/delete");
        await _admin.GetAsync(deleted.Location!);

        Assert.Equal(HttpStatusCode.OK, made.Status);
        Assert.DoesNotContain(address, shown);
        Assert.Contains("1 stored", shown);
        Assert.Equal((200, 401), (before.Status, after.Status));
        Assert.Equal((Page, Page), (set.Location, deleted.Location));
        Assert.Contains("Deleted.", _admin.Text);
        Assert.Empty(Hooks.ListOf(Server.Project.Id));
    }

    [Theory]
    [InlineData("source", "shopify", "There is no such provider.")]
    [InlineData("public_key", "x", "Copy the verification key")]
    public async Task What_is_wrong_is_said_on_the_page(string name, string value, string why)
    {
        await _admin.GetAsync(Page);

        var sent = await _admin.PostAsync(
            Page, name == "source" ? (name, value) : ("source", "sendgrid"), (name, value));

        Assert.Equal(422, (int)sent.Status);
        Assert.Contains(why, _admin.Text);
        Assert.Empty(Hooks.ListOf(Server.Project.Id));
    }

    [Fact]
    public void Every_word_of_hooks_has_its_translation() => Findings.AreNone(
        from text in HookWords.All
        where !Language.Of("ar").Known.Contains(text)
        select text);

    private async Task<(int Status, JsonNode Body)> AskAsync(
        HttpMethod method, string path, string? json = null)
    {
        var (status, text) = await _admin.SendAsync(
            method, $"/v1/hooks{path}?project={Server.Project.Id}", json);
        return ((int)status, JsonNode.Parse(text)!);
    }
}
