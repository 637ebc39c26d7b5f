using System.Net;
using Sojourn.Server.Accounts;
using Sojourn.Server.Api;
using Xunit;

namespace Sojourn.Tests.Server.Accounts;

/// <summary>A link lets its owner choose a password, once and soon.</summary>
[Trait("Threat", "C12")]
public sealed class SignInLinkTests
{
    private const string Email = "bo@shop.example";
    private const string Chosen = "seven loud blue birds";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_person_chooses_a_password_and_is_signed_in()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = new Visitor(server);
        using var later = new Visitor(server);

        await visitor.GetAsync(await InviteAsync(server));
        Assert.Contains(Email, visitor.Text);
        var sent = await ChooseAsync(visitor);

        Assert.Equal((HttpStatusCode.SeeOther, "/"), (sent.Status, sent.Location));
        Assert.Equal(HttpStatusCode.OK, await visitor.GetAsync("/account"));
        Assert.Contains(Email, visitor.Text);
        Assert.Equal(HttpStatusCode.SeeOther, (await later.SignInAsync(Email, Chosen)).Status);
    }

    [Fact]
    public async Task Looking_at_a_link_does_not_use_it_up()
    {
        await using var server = await TestServer.StartAsync();
        using var robot = new Visitor(server);
        using var visitor = new Visitor(server);
        var link = await InviteAsync(server);

        for (var looks = 0; looks < 3; looks++)
            Assert.Equal(HttpStatusCode.OK, await robot.GetAsync(link));

        Assert.Null(robot.Cookie("sojourn"));
        await visitor.GetAsync(link);
        Assert.Equal(HttpStatusCode.SeeOther, (await ChooseAsync(visitor)).Status);
    }

    [Fact]
    public async Task A_link_works_once_also_when_it_is_used_twice_at_once()
    {
        await using var server = await TestServer.StartAsync();
        var link = await InviteAsync(server);
        using var one = new Visitor(server);
        using var other = new Visitor(server);
        await one.GetAsync(link);
        await other.GetAsync(link);

        var sent = await Task.WhenAll(ChooseAsync(one), ChooseAsync(other));

        Assert.Equal(
            [HttpStatusCode.SeeOther, HttpStatusCode.NotFound],
            sent.Select(answer => answer.Status).Order());
        Assert.Equal(HttpStatusCode.NotFound, await new Visitor(server).GetAsync(link));
    }

    [Fact]
    public async Task After_half_an_hour_a_link_opens_nothing()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = new Visitor(server);
        var link = await InviteAsync(server);
        server.Clock.Advance(SignInLinks.LifeMax - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await visitor.GetAsync(link));

        server.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(HttpStatusCode.NotFound, (await ChooseAsync(visitor)).Status);
        Assert.Equal(HttpStatusCode.NotFound, await visitor.GetAsync(link));
    }

    [Fact]
    public async Task A_newer_link_replaces_the_older_one()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = new Visitor(server);
        var older = await InviteAsync(server);

        var newer = await ResetAsync(server, Email);

        Assert.Equal(HttpStatusCode.NotFound, await visitor.GetAsync(older));
        Assert.Equal(HttpStatusCode.OK, await visitor.GetAsync(newer));
    }

    [Fact]
    public async Task Another_password_ends_every_sign_in_and_the_old_password()
    {
        await using var server = await TestServer.StartAsync();
        using var thief = new Visitor(server);
        await thief.SignInAsync();
        using var owner = new Visitor(server);
        var link = await ResetAsync(server, TestServer.AdminEmail);
        Assert.Equal(HttpStatusCode.OK, await thief.GetAsync("/account"));

        await owner.GetAsync(link);
        await ChooseAsync(owner);

        Assert.Equal(HttpStatusCode.SeeOther, await thief.GetAsync("/account"));
        Assert.Equal(HttpStatusCode.OK, await owner.GetAsync("/account"));
        using var again = new Visitor(server);
        Assert.Equal(HttpStatusCode.Unauthorized, (await again.SignInAsync()).Status);
    }

    [Fact]
    public async Task A_password_that_is_too_weak_leaves_the_link_unused()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = new Visitor(server);
        await visitor.GetAsync(await InviteAsync(server));
        var token = Visitor.FieldOf(visitor.Text, "token");

        var weak = await visitor.PostAsync(
            "/sign-in/link", ("token", token), ("password", "short"));
        Assert.Equal((HttpStatusCode)422, weak.Status);

        Assert.Equal(HttpStatusCode.SeeOther, (await ChooseAsync(visitor)).Status);
    }

    [Fact]
    public async Task The_store_holds_no_link()
    {
        await using var server = await TestServer.StartAsync();

        var token = (await InviteAsync(server)).Split('=')[1];

        var kept = Assert.Single(server.Store.ListDocuments(null, "sign-in-links"));
        Assert.DoesNotContain(token, kept.ToString());
    }

    [Fact]
    public async Task An_account_without_a_password_lets_nobody_in()
    {
        await using var server = await TestServer.StartAsync();
        await InviteAsync(server);

        foreach (var password in new[] { "", "null", TestServer.Password })
        {
            using var visitor = new Visitor(server);
            var sent = await visitor.SignInAsync(Email, password);
            Assert.Equal(HttpStatusCode.Unauthorized, sent.Status);
        }
    }

    [Fact]
    public async Task A_demos_link_signs_in_as_often_as_it_is_opened()
    {
        var token = SecretToken.New();
        await using var server = await TestServer.StartEmptyAsync(
            standingLink: admin => new StandingLink(token, admin.Id));

        for (var times = 0; times < 3; times++)
        {
            using var visitor = new Visitor(server);
            Assert.Equal("/", await visitor.PlaceAfterAsync($"/sign-in/link?token={token}"));
            Assert.Equal(HttpStatusCode.OK, await visitor.GetAsync("/account"));
        }

        using var stranger = new Visitor(server);
        Assert.Equal(
            HttpStatusCode.NotFound, await stranger.GetAsync($"/sign-in/link?token={token}x"));
    }

    private static async Task<string> InviteAsync(TestServer server)
    {
        var invitations = server.Services.GetRequiredService<Invitations>();
        return (await invitations.AddAsync(Email, Role.Agent, Cancel)).Path!;
    }

    private static async Task<string> ResetAsync(TestServer server, string email)
    {
        var invitations = server.Services.GetRequiredService<Invitations>();
        return (await invitations.ResetAsync(email, Cancel)).Path!;
    }

    private static Task<Visitor.Sent> ChooseAsync(Visitor visitor) => visitor.PostAsync(
        "/sign-in/link",
        ("token", Visitor.FieldOf(visitor.Text, "token")),
        ("password", Chosen));
}
