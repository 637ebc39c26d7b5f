using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Sojourn.Tests.Server.Accounts;
using Xunit;

namespace Sojourn.Tests.Server.Pages;

/// <summary>Somebody of the staff who looks at a project's pages, without script.</summary>
internal sealed class Reader : IDisposable
{
    private readonly Visitor _visitor;
    private readonly TestServer _server;

    private Reader(TestServer server, Visitor visitor) => (_server, _visitor) = (server, visitor);

    public static async Task<Reader> SignInAsync(
        TestServer server, string email = TestServer.AdminEmail)
    {
        var visitor = new Visitor(server);
        await visitor.SignInAsync(email);
        return new Reader(server, visitor);
    }

    /// <summary>The address of a page below the project.</summary>
    public string At(string path) => $"/p/{_server.Project.Id}/{path}";

    /// <summary>Opens a page below the project.</summary>
    public Task<IHtmlDocument> OpenAsync(
        string path, HttpStatusCode status = HttpStatusCode.OK) =>
        FollowAsync(At(path), status);

    /// <summary>Opens any address of the server.</summary>
    public async Task<IHtmlDocument> FollowAsync(
        string address, HttpStatusCode status = HttpStatusCode.OK)
    {
        Assert.Equal(status, await _visitor.GetAsync(address));
        return await new HtmlParser().ParseDocumentAsync(
            _visitor.Text, TestContext.Current.CancellationToken);
    }

    /// <summary>What an address answers, as text.</summary>
    public async Task<string> ReadAsync(string address)
    {
        Assert.Equal(HttpStatusCode.OK, await _visitor.GetAsync(address));
        return _visitor.Text;
    }

    /// <summary>Where an address sends on to.</summary>
    public Task<string?> PlaceAfterAsync(string address) => _visitor.PlaceAfterAsync(address);

    /// <summary>Sets a cookie of the browser.</summary>
    public void SetCookie(string name, string value) => _visitor.SetCookie(name, value);

    public void Dispose() => _visitor.Dispose();
}

/// <summary>What is read off a page.</summary>
internal static class Readings
{
    /// <summary>The text of the one element, without the spaces of its markup.</summary>
    public static string TextOf(this IParentNode page, string selector) =>
        Assert.Single(page.QuerySelectorAll(selector)).Words();

    /// <summary>The texts of all such elements.</summary>
    public static IReadOnlyList<string> TextsOf(this IParentNode page, string selector) =>
        [.. page.QuerySelectorAll(selector).Select(Words)];

    /// <summary>The address of the one link.</summary>
    public static string LinkOf(this IParentNode page, string selector) =>
        Assert.Single(page.QuerySelectorAll(selector)).GetAttribute("href")!;

    /// <summary>What the one form would send as it is shown, without its buttons.</summary>
    public static IReadOnlyList<(string Name, string Value)> FieldsOf(
        this IParentNode page, string selector)
    {
        var fields = Assert.Single(page.QuerySelectorAll(selector))
            .QuerySelectorAll<IHtmlInputElement>("input[name]");
        return
        [
            .. fields.Where(one => one.Type is not ("checkbox" or "radio") || one.IsChecked)
                .Select(one => (one.Name!, one.Value)),
        ];
    }

    private static string Words(this IElement element) => string.Join(
        ' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
