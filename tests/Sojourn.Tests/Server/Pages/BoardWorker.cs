using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Sojourn.Events;
using Sojourn.Kinds.Checkouts;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage;
using Sojourn.Tests.Server.Accounts;
using Xunit;

namespace Sojourn.Tests.Server.Pages;

/// <summary>Somebody who works on the board without script, and a colleague, Lea.</summary>
internal sealed class BoardWorker : IDisposable
{
    public const string Board = "checkouts/pipeline";
    public const string Lea = "lea@shop.example";

    private readonly TestServer _server;
    private readonly Visitor _visitor;

    private BoardWorker(TestServer server) => (_server, _visitor) = (server, new(server));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<BoardWorker> SignInAsync(TestServer server)
    {
        var worker = new BoardWorker(server);
        await worker._visitor.SignInAsync();
        return worker;
    }

    public static Event Left(
        string id, double minutesAgo, string total = "100.00", string? phone = null,
        string currency = "USD") => Some.Event(
            "checkout_updated", -minutesAgo, device: "d-" + id,
            properties: $$"""
                {"checkout_id":"{{id}}","total":"{{total}}","currency":"{{currency}}",
                "product":{"name":"Lamp","quantity":2},
                "customer":{"name":"{{id}}","phone":"{{phone ?? "+213 551 23 45 67"}}"} }
                """);

    // Some of everything: all columns, two currencies, all priorities, given or not.
    public async Task TellWorldAsync()
    {
        await _server.TellAsync(
        [
            .. Enumerable.Range(0, 36).Select(one => Left(
                one % 2 == 0 ? $"ada{one}" : $"bob{one}",
                15 + one * one * 2,
                $"{(one * 37 % 400) + 1}.{one:00}",
                currency: one % 9 == 0 ? "EUR" : "USD")),
            .. Enumerable.Range(0, 5).Select(one => Some.Event(
                "payment_failed", -14, device: $"d-bob{one}",
                properties: $$"""{"checkout_id":"bob{{one}}","code":"card_declined"}""")),
        ]);
        foreach (var session in await AllAsync())
        {
            var number = int.Parse(
                ((Checkout)session.Detail!).CheckoutId[3..], CultureInfo.InvariantCulture);
            string[] steps = (number % 6) switch
            {
                1 => ["contacted"],
                2 => ["contacted", "negotiating"],
                3 => ["contacted", "negotiating", "recovered"],
                4 => ["lost"],
                _ => [],
            };
            foreach (var step in steps)
                await ActAsync(session, ActionTypes.Status, step);
            if (number % 4 == 0)
                await ActAsync(session, ActionTypes.Assign, text: Lea);
        }
    }

    public async Task<IHtmlDocument> OpenCardAsync(string name)
    {
        var board = await OpenAsync(Board);
        return await FollowAsync(
            board.QuerySelector($"[id='{IdOf(board, name)}'] .row-link")!.GetAttribute("href")!);
    }

    public async Task<IHtmlDocument> FollowUpAsync(string name, string at) => await SendAsync(
        FormOf(await OpenCardAsync(name), CheckoutActions.FollowUp), ("at", at));

    public Task<IHtmlDocument> MoveAsync(IHtmlDocument board, string name, string to) =>
        SendAsync(
            board.QuerySelector($"[id='{IdOf(board, name)}'] .card-form")!, ("to", to));

    // Sends a form with its hidden fields, as a browser without script does.
    public async Task<IHtmlDocument> SendAsync(
        IElement form, params (string Name, string Value)[] fields)
    {
        var hidden = form.QuerySelectorAll("input[type=hidden]")
            .Select(one => (one.GetAttribute("name")!, one.GetAttribute("value")!))
            .Where(one => one.Item1 != "csrf" && fields.All(field => field.Name != one.Item1));
        var sent = await _visitor.PostAsync(
            form.GetAttribute("action")!, [.. hidden, .. fields]);
        return await FollowAsync(sent.Location!);
    }

    public static IElement FormOf(IHtmlDocument page, string type) => page
        .QuerySelectorAll("#panel form")
        .First(one => one.QuerySelector($"[name=type][value='{type}']") is not null);

    public static string IdOf(IHtmlDocument page, string name) => page
        .QuerySelectorAll(".card").First(one => one.TextOf(".row-link") == name).Id!;

    public static IReadOnlyList<string> CardsOf(IHtmlDocument page) =>
        [.. page.QuerySelectorAll(".card").Select(one => one.Id!)];

    public static string SumOf(IElement column) =>
        column.QuerySelector(".sum")?.GetAttribute("title") ?? "";

    // What the sessions of a list add up to, from the list's own export.
    public async Task<string> SumOfAsync(string address)
    {
        var query = new Uri(_server.Address, address).Query;
        var found = await _server.GetAsync("/v1/sessions?limit=200&lens=checkouts&" + query[1..]);
        var sums = found["items"]!.AsArray()
            .Select(one => one!["checkout"]!["value"])
            .OfType<JsonNode>()
            .GroupBy(one => (string)one["currency"]!)
            .OrderBy(one => one.Key != _server.Project.Settings.Currency)
            .Select(one => (
                one.Key,
                Sum: one.Sum(money => decimal.Parse(
                    (string)money["amount"]!, CultureInfo.InvariantCulture))));
        return string.Join(" + ", sums.Select(one =>
            $"{one.Sum.ToString("#,0.###", CultureInfo.InvariantCulture)} {one.Key}"));
    }

    public async Task<IReadOnlyList<Session>> AllAsync()
    {
        var found = new List<Session>();
        await foreach (var one in _server.Store.ExportAsync(
            _server.Project.Id, new SessionQuery { Lens = CheckoutLens.Checkouts }, Cancel))
        {
            found.Add((await _server.Store.FindSessionAsync(
                _server.Project.Id, one.Id, Cancel))!);
        }

        return found;
    }

    public async Task<Session> FindAsync(string name) => (await AllAsync())
        .First(one => ((Checkout)one.Detail!).CheckoutId == name);

    public async Task ActAsync(
        string name, string type, string? to = null, string? text = null) =>
        await ActAsync(await FindAsync(name), type, to, text);

    public async Task ActAsync(
        Session session, string type, string? to = null, string? text = null)
    {
        var answer = await _server.Store.ActAsync(
            new ActionRequest(_server.Project.Id, session.Id, null, type, to, text, Lea), Cancel);
        Assert.Null(answer.Refusal);
    }

    public Task<IHtmlDocument> OpenAsync(
        string path, HttpStatusCode status = HttpStatusCode.OK) =>
        FollowAsync($"/p/{_server.Project.Id}/{path}", status);

    public async Task<IHtmlDocument> FollowAsync(
        string address, HttpStatusCode status = HttpStatusCode.OK)
    {
        Assert.Equal(status, await _visitor.GetAsync(address));
        return await new HtmlParser().ParseDocumentAsync(_visitor.Text, Cancel);
    }

    public void Dispose() => _visitor.Dispose();
}
