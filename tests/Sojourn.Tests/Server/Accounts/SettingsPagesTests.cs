using System.Net;
using Sojourn.Server.Accounts;
using Sojourn.Server.Api;
using Xunit;

namespace Sojourn.Tests.Server.Accounts;

/// <summary>Admins look after keys and people on pages; a secret is shown once.</summary>
public sealed class SettingsPagesTests
{
    private const string Event = """[{"id":"1","name":"page_view","anonymous_id":"a"}]""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_secret_key_is_shown_once_and_works()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = await AdminAsync(server);
        var keys = await OpenAsync(visitor, server, "keys");

        var sent = await visitor.PostAsync(keys, ("kind", "secret"));
        var token = Visitor.CopyOf(visitor.Text, "sj_s_");
        await visitor.GetAsync(keys);

        Assert.Equal(HttpStatusCode.OK, sent.Status);
        Assert.NotNull(server.Store.FindKey(token));
        Assert.DoesNotContain(token, visitor.Text);
        Assert.Contains(token[..9], visitor.Text);
        Assert.DoesNotContain(server.SecretKey, visitor.Text);
        Assert.Contains(server.WriteKey, visitor.Text);
    }

    [Fact]
    public async Task A_key_that_is_revoked_on_the_page_sends_nothing_more()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = await AdminAsync(server);
        var keys = await OpenAsync(visitor, server, "keys");
        var id = server.Store.KeysOf(server.Project.Id)[0].Id;

        var sent = await visitor.PostAsync($"{keys}/{id}/revoke");
        var (status, _) = await server.PostAsync(server.Browser, "/v1/events", Event);
        await visitor.GetAsync(sent.Location!);

        Assert.Equal(keys, sent.Location);
        Assert.Equal(401, status);
        Assert.Contains("Revoked", visitor.Text);
        Assert.DoesNotContain($"{id}/revoke", visitor.Text);
    }

    [Fact]
    public async Task A_person_who_is_added_gets_a_link_that_is_shown_once()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = await AdminAsync(server);
        var people = await OpenAsync(visitor, server, "people");

        var sent = await visitor.PostAsync(
            people, ("email", "Bo@shop.example"), ("role", "agent"));
        var link = new Uri(Visitor.CopyOf(visitor.Text, "http"));
        await visitor.GetAsync(people);

        Assert.Equal(HttpStatusCode.OK, sent.Status);
        Assert.Equal(server.Address.Authority, link.Authority);
        using var bo = new Visitor(server);
        Assert.Equal(HttpStatusCode.OK, await bo.GetAsync(link.PathAndQuery));
        Assert.DoesNotContain(link.Query, visitor.Text);
        Assert.Contains("no password yet", visitor.Text);
        Assert.Equal(
            Role.Agent,
            server.Services.GetRequiredService<Staff>().FindEmail("bo@shop.example")?.Role);
    }

    [Theory]
    [InlineData("bo", "agent", 422, "This is no e-mail address.")]
    [InlineData("bo@shop.example", "owner", 422, "There is no such role.")]
    [InlineData(TestServer.AdminEmail, "agent", 409, "There is an account of this e-mail already.")]
    public async Task A_person_who_cannot_be_added_is_explained(
        string email, string role, int status, string why)
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = await AdminAsync(server);
        var people = await OpenAsync(visitor, server, "people");

        var sent = await visitor.PostAsync(people, ("email", email), ("role", role));

        Assert.Equal(status, (int)sent.Status);
        Assert.Contains(why, visitor.Text);
        Assert.Single(server.Services.GetRequiredService<Staff>().All);
    }

    [Fact]
    [Trait("Threat", "D7")]
    public async Task A_lower_role_and_a_removal_take_effect_at_the_next_request()
    {
        await using var server = await TestServer.StartAsync();
        var bo = await server.AddAccountAsync("bo@shop.example", Role.Admin);
        using var bos = new Visitor(server);
        await bos.SignInAsync(bo.Email);
        var people = await OpenAsync(bos, server, "people");
        using var visitor = await AdminAsync(server);
        await OpenAsync(visitor, server, "people");

        await visitor.PostAsync($"{people}/{bo.Id}/role", ("role", "viewer"));
        Assert.Equal(HttpStatusCode.Forbidden, await bos.GetAsync(people));
        Assert.Equal(HttpStatusCode.OK, await bos.GetAsync("/account"));
        await visitor.PostAsync($"{people}/{bo.Id}/remove");

        Assert.Equal(HttpStatusCode.SeeOther, await bos.GetAsync("/account"));
    }

    [Fact]
    [Trait("Threat", "D6")]
    public async Task The_last_admin_stays_whatever_is_sent()
    {
        await using var server = await TestServer.StartAsync();
        var staff = server.Services.GetRequiredService<Staff>();
        using var visitor = await AdminAsync(server);
        var people = await OpenAsync(visitor, server, "people");

        await visitor.PostAsync($"{people}/{staff.All[0].Id}/role", ("role", "viewer"));
        var sent = await visitor.PostAsync($"{people}/{staff.All[0].Id}/remove");
        await visitor.GetAsync(sent.Location!);

        Assert.Equal(Role.Admin, Assert.Single(staff.All).Role);
        Assert.Contains("Without this admin", visitor.Text);
    }

    [Fact]
    public async Task A_link_for_a_new_password_is_made_on_the_page()
    {
        await using var server = await TestServer.StartAsync();
        var bo = await server.AddAccountAsync("bo@shop.example", Role.Agent);
        using var visitor = await AdminAsync(server);
        var people = await OpenAsync(visitor, server, "people");

        await visitor.PostAsync($"{people}/{bo.Id}/link");

        var link = new Uri(Visitor.CopyOf(visitor.Text, "http"));
        Assert.Equal(
            bo.Id,
            server.Services.GetRequiredService<SignInLinks>()
                .Find(link.Query["?token=".Length..])?.Id);
    }

    [Fact]
    public async Task A_new_password_needs_the_present_one_and_ends_the_other_sign_ins()
    {
        const string chosen = "seven loud blue birds";
        await using var server = await TestServer.StartAsync();
        using var visitor = await AdminAsync(server);
        using var elsewhere = await AdminAsync(server);

        var wrong = await visitor.PostAsync(
            "/account/password", ("present", "wrong"), ("password", chosen));
        var weak = await visitor.PostAsync(
            "/account/password", ("present", TestServer.Password), ("password", "short"));
        var right = await visitor.PostAsync(
            "/account/password", ("present", TestServer.Password), ("password", chosen));

        Assert.Equal([422, 422, 303], new[] { wrong, weak, right }.Select(s => (int)s.Status));
        Assert.Equal(HttpStatusCode.OK, await visitor.GetAsync("/account"));
        Assert.Equal(HttpStatusCode.SeeOther, await elsewhere.GetAsync("/account"));
        using var later = new Visitor(server);
        Assert.Equal(
            HttpStatusCode.SeeOther, (await later.SignInAsync(password: chosen)).Status);
    }

    [Fact]
    public async Task The_present_password_is_not_guessed_faster_than_at_the_door()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = await AdminAsync(server);
        for (var tries = 0; tries < Tries.PerMinuteMax; tries++)
        {
            await visitor.PostAsync(
                "/account/password", ("present", "wrong"), ("password", "x"));
        }

        var sent = await visitor.PostAsync(
            "/account/password", ("present", TestServer.Password), ("password", "x"));

        Assert.Equal((HttpStatusCode)429, sent.Status);
    }

    [Fact]
    public async Task Signing_out_elsewhere_leaves_this_browser_in()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = await AdminAsync(server);
        using var elsewhere = await AdminAsync(server);

        await visitor.PostAsync("/account/sign-out-elsewhere");

        Assert.Equal(HttpStatusCode.OK, await visitor.GetAsync("/account"));
        Assert.Equal(HttpStatusCode.SeeOther, await elsewhere.GetAsync("/account"));
    }

    [Theory]
    [InlineData("Viewer", false)]
    [InlineData("Agent", false)]
    [InlineData("Admin", true)]
    public async Task Settings_are_offered_to_admins(string role, bool isOffered)
    {
        await using var server = await TestServer.StartAsync();
        await server.AddAccountAsync("bo@shop.example", Enum.Parse<Role>(role));
        using var visitor = new Visitor(server);
        await visitor.SignInAsync("bo@shop.example");

        await visitor.GetAsync($"/p/{server.Project.Id}/leads");

        Assert.Equal(isOffered, visitor.Text.Contains("settings/keys"));
    }

    [Fact]
    [Trait("Threat", "D8")]
    public async Task A_page_takes_forms_only()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = await AdminAsync(server);
        var keys = await OpenAsync(visitor, server, "keys");

        var (status, _) = await visitor.SendAsync(
            HttpMethod.Post, keys, """{"kind":"secret"}""");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, status);
        Assert.Equal(2, server.Store.KeysOf(server.Project.Id).Count);
    }

    private static async Task<Visitor> AdminAsync(TestServer server)
    {
        var visitor = new Visitor(server);
        await visitor.SignInAsync();
        await visitor.OpenAsync();
        return visitor;
    }

    private static async Task<string> OpenAsync(
        Visitor visitor, TestServer server, string page)
    {
        var path = $"/p/{server.Project.Id}/settings/{page}";
        Assert.Equal(HttpStatusCode.OK, await visitor.GetAsync(path));
        return path;
    }
}
