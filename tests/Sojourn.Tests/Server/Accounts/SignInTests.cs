using System.Net;
using Sojourn.Server.Accounts;
using Sojourn.Server.Api;
using Xunit;

namespace Sojourn.Tests.Server.Accounts;

/// <summary>Who signs in is let in, on every request anew; nobody else is, and slowly.</summary>
public sealed class SignInTests
{
    private const string Host = "sojourn.example";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signed_in_person_reads_and_a_stranger_does_not()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = new Visitor(server);
        var list = $"/v1/sessions?project={server.Project.Id}";
        Assert.Equal(HttpStatusCode.Unauthorized, await visitor.GetAsync(list));

        var sent = await visitor.SignInAsync(" ADA@shop.example");

        Assert.Equal((HttpStatusCode.SeeOther, "/"), (sent.Status, sent.Location));
        Assert.Equal(HttpStatusCode.OK, await visitor.GetAsync(list));
        Assert.Equal(
            HttpStatusCode.OK,
            await visitor.GetAsync($"/v1/sessions?project={server.Project.Name}"));
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_other_sites()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = new Visitor(server);

        var sent = await visitor.SignInAsync();

        var cookie = Assert.Single(sent.Cookies, one => one.StartsWith("sojourn="));
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=lax", cookie);
        Assert.Contains("path=/", cookie);
        Assert.DoesNotContain("domain", cookie);
    }

    [Fact]
    public async Task Behind_https_the_cookie_is_bound_to_its_host()
    {
        await using var server = await TestServer.StartEmptyAsync(
            new Uri($"https://{Host}"));
        await server.AddAdminAsync();
        using var page = await server.Nobody.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { Host = Host } },
            Cancel);
        var csrf = Visitor.CsrfOf(await page.Content.ReadAsStringAsync(Cancel));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Headers =
            {
                { "Host", Host },
                { "Origin", $"https://{Host}" },
                { "Cookie", page.Headers.GetValues("Set-Cookie").Single().Split(';')[0] },
            },
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["csrf"] = csrf,
                ["email"] = TestServer.AdminEmail,
                ["password"] = TestServer.Password,
            }),
        };

        using var answer = await server.Nobody.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var cookie = Assert.Single(
            answer.Headers.GetValues("Set-Cookie"), one => one.StartsWith("__Host-sojourn="));
        Assert.Contains("secure", cookie);
        Assert.Contains("path=/", cookie);
        Assert.DoesNotContain("domain", cookie);
    }

    [Fact]
    public async Task The_store_holds_no_token()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = new Visitor(server);
        await visitor.SignInAsync();
        var token = visitor.Cookie("sojourn")!;

        var kept = Assert.Single(server.Store.ListDocuments(null, "sign-ins"));

        Assert.Equal(43, token.Length);
        Assert.DoesNotContain(token, kept.ToString());
        Assert.Equal(SecretToken.HashOf(token), kept.Place.Id);
    }

    [Fact]
    [Trait("Threat", "D7")]
    public async Task Who_signed_out_is_a_stranger_at_the_next_request_everywhere()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = new Visitor(server);
        using var copy = new Visitor(server);
        await visitor.SignInAsync();
        copy.SetCookie("sojourn", visitor.Cookie("sojourn")!);
        var list = $"/v1/sessions?project={server.Project.Id}";
        Assert.Equal(HttpStatusCode.OK, await copy.GetAsync(list));

        await visitor.OpenAsync();
        var sent = await visitor.PostAsync("/sign-out");

        Assert.Equal((HttpStatusCode.SeeOther, "/sign-in"), (sent.Status, sent.Location));
        Assert.Equal(HttpStatusCode.Unauthorized, await copy.GetAsync(list));
        Assert.Contains("signed_out", copy.Text);
    }

    [Fact]
    [Trait("Threat", "D7")]
    public async Task A_removed_account_is_out_at_the_next_request()
    {
        await using var server = await TestServer.StartAsync();
        var bo = await server.AddAccountAsync("bo@shop.example", Role.Viewer);
        using var visitor = new Visitor(server);
        await visitor.SignInAsync(bo.Email);

        await server.Services.GetRequiredService<Staff>().RemoveAsync(bo.Id, Cancel);

        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await visitor.GetAsync($"/v1/sessions?project={server.Project.Id}"));
    }

    [Fact]
    [Trait("Threat", "D7")]
    public async Task A_stream_ends_when_its_readers_sign_in_does()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = new Visitor(server);
        await visitor.SignInAsync();
        using var stream = await visitor.Http.GetAsync(
            $"/v1/sessions/stream?project={server.Project.Id}",
            HttpCompletionOption.ResponseHeadersRead,
            Cancel);
        Assert.Equal(HttpStatusCode.OK, stream.StatusCode);

        var signIns = server.Services.GetRequiredService<SignIns>();
        await signIns.EndAsync(SecretToken.HashOf(visitor.Cookie("sojourn")!), Cancel);

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await stream.Content.CopyToAsync(Stream.Null, patience.Token);
            throw new IOException("It ended.");
        });
        Assert.False(patience.IsCancellationRequested);
    }

    [Fact]
    public async Task A_sign_in_that_is_used_lasts_and_one_that_is_not_ends()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = new Visitor(server);
        await visitor.SignInAsync();
        var list = $"/v1/sessions?project={server.Project.Id}";

        for (var days = 0; days < 3; days++)
        {
            server.Clock.Advance(SignIns.IdleMax - TimeSpan.FromMinutes(1));
            Assert.Equal(HttpStatusCode.OK, await visitor.GetAsync(list));
        }

        server.Clock.Advance(SignIns.IdleMax + SignIns.NotedEvery);
        Assert.Equal(HttpStatusCode.Unauthorized, await visitor.GetAsync(list));
    }

    [Fact]
    public async Task However_much_it_is_used_a_sign_in_ends_after_30_days()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = new Visitor(server);
        await visitor.SignInAsync();
        var list = $"/v1/sessions?project={server.Project.Id}";

        for (var hours = 0; hours < SignIns.LifeMax.TotalHours - 12; hours += 12)
        {
            server.Clock.Advance(TimeSpan.FromHours(12));
            Assert.Equal(HttpStatusCode.OK, await visitor.GetAsync(list));
        }

        server.Clock.Advance(TimeSpan.FromHours(12));
        Assert.Equal(HttpStatusCode.Unauthorized, await visitor.GetAsync(list));
    }

    [Fact]
    [Trait("Invariant", "I10")]
    public async Task The_21st_sign_in_of_an_account_ends_its_first()
    {
        await using var server = await TestServer.StartAsync();
        var (signIns, staff) = (
            server.Services.GetRequiredService<SignIns>(),
            server.Services.GetRequiredService<Staff>());
        var bo = await server.AddAccountAsync("bo@shop.example", Role.Viewer);
        var bos = await signIns.StartAsync(bo, Cancel);
        var tokens = new List<string>();
        for (var i = 0; i < 21; i++)
        {
            tokens.Add(await signIns.StartAsync(staff.All[0], Cancel));
            server.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([tokens[0]], tokens.Where(token => signIns.Find(token) is null));
        Assert.NotNull(signIns.Find(bos));
    }

    [Fact]
    public async Task A_cookie_never_sends_events()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = new Visitor(server);
        await visitor.SignInAsync();
        await visitor.OpenAsync();

        var (status, text) = await visitor.SendAsync(
            HttpMethod.Post, $"/v1/events?project={server.Project.Id}", """[{"id":"1"}]""");

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("key_missing", text);
    }

    [Fact]
    public async Task What_a_person_does_is_signed_by_their_e_mail()
    {
        await using var server = await TestServer.StartAsync();
        await server.TellAsync(Some.Event());
        using var visitor = new Visitor(server);
        await visitor.SignInAsync();
        await visitor.OpenAsync();
        var id = (string)(await server.GetAsync("/v1/sessions?lens=leads"))["items"]![0]!["id"]!;

        var (status, _) = await visitor.SendAsync(
            HttpMethod.Post,
            $"/v1/sessions/{id}/actions?project={server.Project.Id}",
            """{"type":"note","text":"called"}""");

        Assert.Equal(HttpStatusCode.OK, status);
        var actions = (await server.GetAsync($"/v1/sessions/{id}/events"))["actions"]!;
        Assert.Equal(TestServer.AdminEmail, (string?)actions[0]!["actor"]);
    }

    [Fact]
    [Trait("Threat", "D4")]
    public async Task A_project_that_is_not_there_is_said_to_be_unknown()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = new Visitor(server);
        await visitor.SignInAsync();

        foreach (var path in new[] { "/v1/sessions", "/v1/sessions?project=p_none" })
        {
            Assert.Equal(HttpStatusCode.NotFound, await visitor.GetAsync(path));
            Assert.Contains("project_unknown", visitor.Text);
        }
    }

    [Theory]
    [InlineData("ada@shop.example", "four quiet green lamp")]
    [InlineData("eve@shop.example", TestServer.Password)]
    [InlineData("no address", TestServer.Password)]
    [InlineData("", "")]
    [Trait("Threat", "C12")]
    public async Task An_unknown_e_mail_is_answered_like_a_wrong_password(
        string email, string password)
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = new Visitor(server);

        var sent = await visitor.SignInAsync(email, password);

        Assert.Equal(HttpStatusCode.Unauthorized, sent.Status);
        Assert.Contains("The e-mail or the password is not right.", visitor.Text);
        Assert.Null(visitor.Cookie("sojourn"));
    }

    [Fact]
    [Trait("Threat", "C12")]
    public async Task The_eleventh_try_within_a_minute_has_to_wait_even_with_the_right_password()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = new Visitor(server);
        await visitor.GetAsync("/sign-in");
        for (var tries = 0; tries < Tries.PerMinuteMax; tries++)
        {
            var wrong = await visitor.SignInAsync(password: "wrong");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.Status);
        }

        var eleventh = await visitor.SignInAsync();
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        var later = await visitor.SignInAsync();

        Assert.Equal((HttpStatusCode)429, eleventh.Status);
        Assert.Equal(TimeSpan.FromMinutes(1), eleventh.RetryAfter);
        Assert.Equal(HttpStatusCode.SeeOther, later.Status);
    }

    [Fact]
    public async Task Those_who_know_their_password_never_have_to_wait()
    {
        await using var server = await TestServer.StartAsync();

        for (var times = 0; times <= Tries.PerMinuteMax; times++)
        {
            using var visitor = new Visitor(server);
            Assert.Equal(HttpStatusCode.SeeOther, (await visitor.SignInAsync()).Status);
        }
    }

    [Theory]
    [Trait("Threat", "D2")]
    [InlineData("/p/p_1/leads?q=a%20b&sort=-started", "/p/p_1/leads?q=a%20b&sort=-started")]
    [InlineData("/p/p_1/leads?q=https://x.test//y\\z", "/p/p_1/leads?q=https://x.test//y\\z")]
    [InlineData("/é", "/%C3%A9")]
    [InlineData("//evil.test", "/")]
    [InlineData("///evil.test", "/")]
    [InlineData("/\\evil.test", "/")]
    [InlineData("\\\\evil.test", "/")]
    [InlineData("/%2f/evil.test", "/")]
    [InlineData("/%2Fevil.test", "/")]
    [InlineData("/%5cevil.test", "/")]
    [InlineData("/%252f/evil.test", "/")]
    [InlineData("/%25252f/evil.test", "/")]
    [InlineData("/.//evil.test", "/")]
    [InlineData("/a/..//evil.test", "/")]
    [InlineData("https:evil.test", "/")]
    [InlineData("https://evil.test", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/\tevil", "/")]
    [InlineData("/\r\nSet-Cookie: a=b", "/")]
    [InlineData("evil", "/")]
    [InlineData("", "/")]
    public async Task After_signing_in_one_stays_on_this_server(string back, string place)
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = new Visitor(server);

        var sent = await visitor.SignInAsync(back: back);

        Assert.Equal(HttpStatusCode.SeeOther, sent.Status);
        Assert.Equal(place.Replace("\\", "%5C"), sent.Location?.Replace("\\", "%5C"));
        Assert.Equal(
            sent.Location,
            await visitor.PlaceAfterAsync("/sign-in?return=" + Uri.EscapeDataString(back)));
    }

    [Theory]
    [Trait("Threat", "D3")]
    [InlineData("evil.test", 400)]
    [InlineData("localhost.evil.test", 400)]
    [InlineData("sojourn.example", 400)]
    [InlineData("localhost:9999", 200)]
    [InlineData("127.0.0.1", 200)]
    public async Task Pages_answer_to_known_names_only(string host, int status)
    {
        await using var server = await TestServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Host = host;

        using var answer = await server.Nobody.SendAsync(request, Cancel);

        Assert.Equal(status, (int)answer.StatusCode);
    }
}
