using System.Text.Json.Nodes;
using Sojourn.Tests.Checkouts;
using Xunit;

namespace Sojourn.Tests.Server;

/// <summary>Codes as programs offer them and shops ask for them.</summary>
public sealed class DiscountsApiTests : IAsyncLifetime
{
    private TestServer _server = null!; // Set before each test.

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        await _server.TellAsync(Forms.Started(), Some.Event(
            "checkout_started", device: "d2", properties: """{"checkout_id":"other"}"""));
        _server.Clock.Advance(TimeSpan.FromHours(1));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_shop_is_told_what_an_offered_code_is_worth()
    {
        await OfferAsync("BACK-10", """{"percent":10,"expires":"2031-01-01T00:00:00Z"}""");

        var told = await _server.GetAsync("/v1/discounts/back-10");

        Assert.Equal(("BACK-10", "offered", 10, "2031-01-01T00:00:00.000Z"),
            ((string)told["code"]!, (string)told["state"]!, (int)told["percent"]!,
                (string)told["expires"]!));
        Assert.Equal(await IdAsync("k"), (string)told["session"]!);
    }

    [Fact]
    public async Task An_amount_is_told_as_money()
    {
        await OfferAsync("BACK-500", """{"amount":"500","currency":"DZD"}""");

        var told = await _server.GetAsync("/v1/discounts/BACK-500");

        Assert.Equal(
            """{"amount":"500.00","currency":"DZD"}""", told["amount"]!.ToJsonString());
        Assert.Null(told["percent"]);
    }

    [Fact]
    public async Task A_code_is_expired_from_its_end_on()
    {
        var end = _server.Clock.GetUtcNow().AddHours(1);
        await OfferAsync("SOON-10", $$"""{"percent":10,"expires":"{{end:O}}"}""");

        _server.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("expired", await StateAsync("SOON-10"));
    }

    [Fact]
    public async Task A_code_that_an_order_carries_is_redeemed()
    {
        await OfferAsync("BACK-10", """{"percent":10}""");

        await _server.TellAsync(Forms.Order(7200, more: ",'coupon':'back-10'"));

        Assert.Equal("redeemed", await StateAsync("BACK-10"));
    }

    [Theory]
    [InlineData("k")]
    [InlineData("other")]
    public async Task A_code_is_offered_once_in_any_case_of_its_letters(string checkout)
    {
        await OfferAsync("BACK-10", """{"percent":10}""");

        var (status, problem) = await OfferAsync("back-10", """{"percent":20}""", checkout);

        Assert.Equal((409, "discount_taken"), (status, (string)problem["code"]!));
        Assert.Equal(10, (int)(await _server.GetAsync("/v1/discounts/BACK-10"))["percent"]!);
    }

    [Fact]
    public async Task A_code_whose_offer_was_refused_can_still_be_offered()
    {
        var (refused, _) = await OfferAsync("BACK-10", """{"percent":1000}""");

        var (status, _) = await OfferAsync("BACK-10", """{"percent":10}""", "other");

        Assert.Equal((422, 200), (refused, status));
    }

    [Theory]
    [InlineData("NEVER-1")]
    [InlineData("no")]
    [InlineData("caf%C3%A9!")]
    public async Task A_code_nobody_offered_is_unknown(string code)
    {
        using var answer = await _server.Secret.GetAsync(
            "/v1/discounts/" + code, TestContext.Current.CancellationToken);

        Assert.Equal(404, (int)answer.StatusCode);
    }

    private async Task<string> StateAsync(string code) =>
        (string)(await _server.GetAsync("/v1/discounts/" + code))["state"]!;

    private async Task<(int Status, JsonNode Body)> OfferAsync(
        string code, string terms, string checkout = "k") =>
        await _server.PostAsync(
            _server.Secret, $"/v1/sessions/{await IdAsync(checkout)}/actions",
            new JsonObject { ["type"] = "discount", ["to"] = code, ["text"] = terms }
                .ToJsonString());

    private async Task<string> IdAsync(string checkout)
    {
        var device = checkout == "k" ? "d1" : "d2";
        var page = await _server.GetAsync("/v1/sessions?lens=checkouts&archived=true");
        return (string)page["items"]!.AsArray().Single(
            one => (string)one!["person"]!["anonymous_id"]! == device)!["id"]!;
    }
}
