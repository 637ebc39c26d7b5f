using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Sojourn.Tests.Server.Accounts;

/// <summary>A person with a browser: keeps cookies, fills in forms.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly SocketsHttpHandler _handler = new() { AllowAutoRedirect = false };

    public Visitor(TestServer server)
        : this(server.Address)
    {
    }

    public Visitor(Uri server) =>
        Http = new HttpClient(_handler) { BaseAddress = server };

    public HttpClient Http { get; }

    /// <summary>The token of the last page's forms.</summary>
    public string Csrf { get; set; } = "";

    /// <summary>The last page.</summary>
    public string Text { get; private set; } = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The token of a page's forms; empty when it has none.</summary>
    public static string CsrfOf(string page) =>
        WebUtility.HtmlDecode(Token().Match(page).Groups["value"].Value);

    /// <summary>The value of a hidden field; empty when there is none.</summary>
    public static string FieldOf(string page, string name) => WebUtility.HtmlDecode(
        Regex.Match(page, $"name=\"{name}\" value=\"([^\"]*)\"").Groups[1].Value);

    /// <summary>The first text a page offers to copy that begins so.</summary>
    public static string CopyOf(string page, string start) => WebUtility.HtmlDecode(
        Regex.Match(page, $"data-copy=\"({start}[^\"]*)\"").Groups[1].Value);

    /// <summary>The value of a cookie, or null.</summary>
    public string? Cookie(string name) =>
        _handler.CookieContainer.GetCookies(Http.BaseAddress!)[name]?.Value;

    /// <summary>Takes over what another browser's cookie holds.</summary>
    public void SetCookie(string name, string value) =>
        _handler.CookieContainer.Add(Http.BaseAddress!, new Cookie(name, value));

    /// <summary>Opens a page of signed-in people, whose forms hold a token.</summary>
    public async Task OpenAsync() =>
        Assert.Equal(HttpStatusCode.OK, await GetAsync("/account"));

    public async Task<HttpStatusCode> GetAsync(string path)
    {
        using var answer = await Http.GetAsync(path, Cancel);
        return await ReadAsync(answer);
    }

    /// <summary>Where a page sends on to.</summary>
    public async Task<string?> PlaceAfterAsync(string path)
    {
        using var answer = await Http.GetAsync(path, Cancel);
        return answer.Headers.Location?.OriginalString;
    }

    /// <summary>Sends a form of the last page.</summary>
    public async Task<Sent> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(
            fields.Append(("csrf", Csrf)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        using var answer = await Http.PostAsync(path, content, Cancel);
        var status = await ReadAsync(answer);
        return new Sent(
            status,
            answer.Headers.Location?.OriginalString,
            answer.Headers.RetryAfter?.Delta,
            answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : []);
    }

    /// <summary>Sends anything, with the token in the header as scripts do.</summary>
    public async Task<(HttpStatusCode Status, string Text)> SendAsync(
        HttpMethod method,
        string path,
        string? json = null,
        Action<HttpRequestMessage>? with = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("X-CSRF-Token", Csrf);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        with?.Invoke(request);
        using var answer = await Http.SendAsync(request, Cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    /// <summary>Signs in by the form.</summary>
    public async Task<Sent> SignInAsync(
        string email = TestServer.AdminEmail,
        string password = TestServer.Password,
        string back = "/")
    {
        await GetAsync("/sign-in");
        return await PostAsync(
            "/sign-in", ("email", email), ("password", password), ("return", back));
    }

    public void Dispose()
    {
        Http.Dispose();
        _handler.Dispose();
    }

    private async Task<HttpStatusCode> ReadAsync(HttpResponseMessage answer)
    {
        Text = await answer.Content.ReadAsStringAsync(Cancel);
        if (CsrfOf(Text) is { Length: > 0 } token)
            Csrf = token;
        return answer.StatusCode;
    }

    /// <summary>How a form was answered.</summary>
    internal sealed record Sent(
        HttpStatusCode Status, string? Location, TimeSpan? RetryAfter, string[] Cookies);

    [GeneratedRegex("name=\"csrf\" value=\"(?<value>[^\"]+)\"")]
    private static partial Regex Token();
}
