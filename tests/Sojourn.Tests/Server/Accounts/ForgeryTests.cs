using System.Net;
using System.Text;
using Xunit;

namespace Sojourn.Tests.Server.Accounts;

/// <summary>What comes with a cookie is only taken from pages of this server.</summary>
[Trait("Threat", "D8")]
public sealed class ForgeryTests
{
    private const string Note = """{"type":"note","text":"called"}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, null, 404)]
    [InlineData("Sec-Fetch-Site", "same-origin", 404)]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Origin", "https://evil.test", 403)]
    [InlineData("Origin", "null", 403)]
    public async Task A_request_from_another_site_is_refused(
        string? header, string? value, int status)
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = new Visitor(server);
        await visitor.SignInAsync();
        await visitor.OpenAsync();

        var (got, _) = await visitor.SendAsync(
            HttpMethod.Post, PathOn(server), Note, request =>
            {
                if (header is not null)
                    request.Headers.Add(header, value);
            });

        Assert.Equal(status, (int)got);
    }

    [Fact]
    public async Task The_origin_of_this_server_is_taken()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = new Visitor(server);
        await visitor.SignInAsync();
        await visitor.OpenAsync();

        var (status, _) = await visitor.SendAsync(
            HttpMethod.Post, PathOn(server), Note,
            request => request.Headers.Add(
                "Origin", server.Address.GetLeftPart(UriPartial.Authority)));

        Assert.Equal(HttpStatusCode.NotFound, status);
    }

    [Fact]
    public async Task Without_a_token_or_with_anothers_a_request_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = new Visitor(server);
        using var other = new Visitor(server);
        await visitor.SignInAsync();
        var beforeSignIn = visitor.Csrf;
        await other.SignInAsync();
        await other.OpenAsync();
        await visitor.OpenAsync();

        foreach (var token in new[] { "", "made-up", beforeSignIn, other.Csrf })
        {
            visitor.Csrf = token;
            var (status, text) = await visitor.SendAsync(HttpMethod.Post, PathOn(server), Note);
            Assert.Equal(HttpStatusCode.Forbidden, status);
            Assert.Contains("csrf_refused", text);
        }
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json-but-not")]
    [InlineData("nonsense")]
    public async Task A_body_of_another_type_is_refused(string type)
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = new Visitor(server);
        await visitor.SignInAsync();
        await visitor.OpenAsync();

        var (status, _) = await visitor.SendAsync(
            HttpMethod.Post, PathOn(server), Note, request =>
            {
                request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Note));
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            });

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, status);
    }

    [Fact]
    public async Task Signing_somebody_in_from_another_site_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = new Visitor(server);
        await visitor.GetAsync("/sign-in");

        visitor.Csrf = "";
        var sent = await visitor.PostAsync(
            "/sign-in", ("email", TestServer.AdminEmail), ("password", TestServer.Password));

        Assert.Equal(HttpStatusCode.Forbidden, sent.Status);
        Assert.Empty(sent.Cookies);
    }

    [Fact]
    public async Task Signing_somebody_out_from_another_site_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = new Visitor(server);
        await visitor.SignInAsync();

        visitor.Csrf = "";

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.PostAsync("/sign-out")).Status);
    }

    [Fact]
    public async Task Routes_of_a_cookie_allow_no_other_origin()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = new Visitor(server);
        await visitor.SignInAsync();
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"/v1/sessions?project={server.Project.Id}");
        request.Headers.Add("Origin", "https://evil.test");

        using var answer = await visitor.Http.SendAsync(request, Cancel);

        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    [Trait("Threat", "C13")]
    public async Task A_page_stays_valid_when_the_server_starts_again()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = new Visitor(server);
        await visitor.SignInAsync();
        await visitor.OpenAsync();

        await using var again = await server.StartBesideAsync();
        using var there = new Visitor(TestServer.AddressOf(again)) { Csrf = visitor.Csrf };
        there.SetCookie("sojourn", visitor.Cookie("sojourn")!);
        there.SetCookie("sojourn-csrf", visitor.Cookie("sojourn-csrf")!);
        var (status, _) = await there.SendAsync(HttpMethod.Post, PathOn(server), Note);

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.NotEmpty(server.Store.ListDocuments(null, "key-ring"));
    }

    private static string PathOn(TestServer server) =>
        $"/v1/sessions/v_AAAAAAAAAAAAAAAAAAAAAA/actions?project={server.Project.Id}";
}
