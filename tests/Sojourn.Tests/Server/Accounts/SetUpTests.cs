using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sojourn.Server.Accounts;
using Sojourn.Server.Api;
using Sojourn.Sessions;
using Xunit;

namespace Sojourn.Tests.Server.Accounts;

/// <summary>Nothing is served before somebody with the operator's link has set it up.</summary>
[Trait("Threat", "C11")]
public sealed class SetUpTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_link_makes_an_admin_and_a_project_and_signs_in()
    {
        await using var server = await TestServer.StartEmptyAsync();
        using var visitor = new Visitor(server);

        Assert.Equal(HttpStatusCode.OK, await visitor.GetAsync(LinkOf(server)));
        var sent = await SetUpAsync(visitor, server, currency: "dzd");

        Assert.Equal((HttpStatusCode.SeeOther, "/"), (sent.Status, sent.Location));
        var admin = Assert.Single(server.Services.GetRequiredService<Staff>().All);
        Assert.Equal(("ada@shop.example", Role.Admin), (admin.Email, admin.Role));
        var project = Assert.Single(server.Store.Projects);
        Assert.Equal("Shoes & more", project.Name);
        Assert.Equal(
            ProjectSettings.Default with { Currency = "DZD", TimeZone = "Africa/Algiers" },
            project.Settings);
        Assert.Equal(
            HttpStatusCode.OK, await visitor.GetAsync($"/v1/sessions?project={project.Id}"));
    }

    [Theory]
    [InlineData("GET", "/v1/sessions")]
    [InlineData("GET", "/sessions")]
    [InlineData("POST", "/v1/events")]
    [InlineData("GET", "/v1/sessions/stream")]
    [InlineData("GET", "/openapi/v1.json")]
    [InlineData("OPTIONS", "/v1/events")]
    [InlineData("POST", "/sign-in")]
    [InlineData("POST", "/control/projects")]
    [InlineData("GET", "/nowhere")]
    public async Task Everything_else_says_that_it_is_not_set_up(string method, string path)
    {
        await using var server = await TestServer.StartEmptyAsync();
        var (_, _, secret) = await server.CreateAsync("shop");
        using var client = server.ClientOf(secret);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("not_set_up", (string?)(await TestServer.BodyOfAsync(answer))["code"]);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task Health_assets_and_commands_answer_before_the_set_up()
    {
        await using var server = await TestServer.StartEmptyAsync();
        using var visitor = new Visitor(server);

        Assert.Equal(HttpStatusCode.OK, await visitor.GetAsync("/health/live"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await visitor.GetAsync("/health/ready"));
        Assert.Contains("set this server up", visitor.Text);
        var sheet = server.Services.GetRequiredService<Sojourn.Server.Pages.StaticAssets>();
        Assert.Equal(HttpStatusCode.OK, await visitor.GetAsync(sheet["app.css"]));
        using var commands = Sojourn.Server.Commands.ControlClient.TryConnect(server.Folder)!;
        using var made = await commands.Http.PostAsJsonAsync(
            "/control/projects",
            new NewProjectAsked("other", 1_800_000_000, "UTC", "USD"),
            new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower },
            Cancel);
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/sign-in")]
    [InlineData("/sign-in/link?token=x")]
    public async Task Pages_lead_to_one_that_says_to_look_for_the_link(string path)
    {
        await using var server = await TestServer.StartEmptyAsync();
        using var visitor = new Visitor(server);

        Assert.Equal("/setup", await visitor.PlaceAfterAsync(path));
        Assert.Equal(HttpStatusCode.OK, await visitor.GetAsync("/setup"));
        Assert.Contains("setup-token", visitor.Text);
        Assert.DoesNotContain("password", visitor.Text);
    }

    [Fact]
    public async Task Of_two_who_send_the_form_at_once_one_becomes_the_admin()
    {
        await using var server = await TestServer.StartEmptyAsync();
        using var one = new Visitor(server);
        using var other = new Visitor(server);
        await one.GetAsync(LinkOf(server));
        await other.GetAsync(LinkOf(server));

        var sent = await Task.WhenAll(
            SetUpAsync(one, server, "one@shop.example"),
            SetUpAsync(other, server, "other@shop.example"));

        Assert.Single(sent, one => one.Status == HttpStatusCode.SeeOther);
        var late = Assert.Single(sent, one => one.Status == HttpStatusCode.NotFound);
        Assert.Empty(late.Cookies);
        Assert.Single(server.Services.GetRequiredService<Staff>().All);
        Assert.Single(server.Store.Projects);
    }

    [Fact]
    public async Task After_the_set_up_the_page_is_gone()
    {
        await using var server = await TestServer.StartEmptyAsync();
        using var visitor = new Visitor(server);
        using var late = new Visitor(server);
        var link = LinkOf(server);
        await visitor.GetAsync(link);
        await late.GetAsync(link);
        await SetUpAsync(visitor, server);

        Assert.Equal(HttpStatusCode.NotFound, await visitor.GetAsync("/setup"));
        Assert.Equal(HttpStatusCode.NotFound, await visitor.GetAsync(link));
        var again = await SetUpAsync(late, server, "eve@shop.example");

        Assert.Equal(HttpStatusCode.NotFound, again.Status);
        Assert.Single(server.Services.GetRequiredService<Staff>().All);
    }

    [Fact]
    public async Task After_ten_wrong_tokens_the_right_one_opens_nothing_either()
    {
        await using var server = await TestServer.StartEmptyAsync();
        using var visitor = new Visitor(server);
        for (var tries = 1; tries < FirstRun.TriesMax; tries++)
        {
            Assert.Equal(
                HttpStatusCode.Forbidden, await visitor.GetAsync($"/setup?token=wrong{tries}"));
        }

        Assert.Equal(HttpStatusCode.OK, await visitor.GetAsync(LinkOf(server)));
        await visitor.GetAsync("/setup?token=wrong");

        Assert.Equal(HttpStatusCode.Forbidden, await visitor.GetAsync(LinkOf(server)));
        var sent = await SetUpAsync(visitor, server);
        Assert.Equal(HttpStatusCode.Forbidden, sent.Status);
        Assert.Empty(server.Services.GetRequiredService<Staff>().All);
    }

    [Fact]
    public async Task After_an_hour_the_link_opens_nothing()
    {
        await using var server = await TestServer.StartEmptyAsync();
        using var visitor = new Visitor(server);
        server.Clock.Advance(FirstRun.LifeMax - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await visitor.GetAsync(LinkOf(server)));

        server.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(HttpStatusCode.Forbidden, (await SetUpAsync(visitor, server)).Status);
    }

    [Fact]
    public async Task Another_start_has_another_link_of_256_bits()
    {
        await using var one = await TestServer.StartEmptyAsync();
        await using var other = await TestServer.StartEmptyAsync();

        Assert.NotEqual(LinkOf(one), LinkOf(other));
        Assert.Matches(new Regex(@"^/setup\?token=[\w-]{43}$"), LinkOf(one));
    }

    [Fact]
    public async Task A_pasted_link_is_as_good_as_its_token()
    {
        await using var server = await TestServer.StartEmptyAsync();
        using var visitor = new Visitor(server);
        var link = Uri.EscapeDataString(new Uri(server.Address, LinkOf(server)).ToString());

        Assert.Equal(HttpStatusCode.OK, await visitor.GetAsync($"/setup?token={link}"));
    }

    [Theory]
    [InlineData("email", "ada", "no e-mail")]
    [InlineData("email", "Ada <ada@shop.example>", "no e-mail")]
    [InlineData("password", "short", "too short")]
    [InlineData("password", "aaaaaaaaaaaaaaaa", "easy to guess")]
    [InlineData("password", "ada@shop.example", "easy to guess")]
    [InlineData("project", "  ", "1 to 100 characters")]
    [InlineData("currency", "dinar", "no currency")]
    [InlineData("time_zone", "Mars/Base", "no time zone Mars/Base")]
    public async Task What_is_wrong_in_the_form_is_said_and_what_was_written_stays(
        string field, string value, string why)
    {
        await using var server = await TestServer.StartEmptyAsync();
        using var visitor = new Visitor(server);
        await visitor.GetAsync(LinkOf(server));

        var sent = await visitor.PostAsync(
            "/setup",
            [
                ("token", TokenOf(server)),
                .. Fields("ada@shop.example", "EUR").Where(f => f.Name != field),
                (field, value),
            ]);

        Assert.Equal((HttpStatusCode)422, sent.Status);
        Assert.Contains(why, WebUtility.HtmlDecode(visitor.Text));
        Assert.Contains(field == "project" ? "EUR" : "Shoes &amp; more", visitor.Text);
        Assert.DoesNotContain(TestServer.Password, visitor.Text);
        Assert.Empty(server.Services.GetRequiredService<Staff>().All);
        Assert.Empty(server.Store.Projects);
    }

    [Fact]
    public async Task A_project_that_a_command_made_is_not_asked_for_again()
    {
        await using var server = await TestServer.StartEmptyAsync();
        await server.CreateAsync("shop");
        using var visitor = new Visitor(server);

        await visitor.GetAsync(LinkOf(server));
        Assert.DoesNotContain("name=\"project\"", visitor.Text);
        var sent = await visitor.PostAsync(
            "/setup",
            ("token", TokenOf(server)),
            ("email", "ada@shop.example"),
            ("password", TestServer.Password));

        Assert.Equal(HttpStatusCode.SeeOther, sent.Status);
        Assert.Equal("shop", Assert.Single(server.Store.Projects).Name);
    }

    [Fact]
    [Trait("Threat", "D8")]
    public async Task The_form_of_another_site_sets_nothing_up()
    {
        await using var server = await TestServer.StartEmptyAsync();
        using var visitor = new Visitor(server);
        await visitor.GetAsync(LinkOf(server));

        visitor.Csrf = "";
        var sent = await SetUpAsync(visitor, server);

        Assert.Equal(HttpStatusCode.Forbidden, sent.Status);
        Assert.Contains("csrf_refused", visitor.Text);
        Assert.Empty(server.Services.GetRequiredService<Staff>().All);
    }

    private static string LinkOf(TestServer server) =>
        server.Services.GetRequiredService<FirstRun>().Link;

    private static string TokenOf(TestServer server) => LinkOf(server)["/setup?token=".Length..];

    private static Task<Visitor.Sent> SetUpAsync(
        Visitor visitor, TestServer server, string email = "Ada@Shop.example ",
        string currency = "EUR") =>
        visitor.PostAsync("/setup", [("token", TokenOf(server)), .. Fields(email, currency)]);

    private static (string Name, string Value)[] Fields(string email, string currency) =>
    [
        ("email", email),
        ("password", TestServer.Password),
        ("project", " Shoes & more "),
        ("currency", currency),
        ("time_zone", "Africa/Algiers"),
    ];
}
