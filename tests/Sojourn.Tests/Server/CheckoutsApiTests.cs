using System.Text.Json.Nodes;
using Sojourn.Tests.Checkouts;
using Xunit;

namespace Sojourn.Tests.Server;

public sealed class CheckoutsApiTests : IAsyncLifetime
{
    private TestServer _server = null!; // Set before each test.

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_checkout_tells_its_reason_with_what_it_rests_on()
    {
        var refused = Forms.At(5, "checkout_coupon", "'code':'SALE','accepted':false");
        await _server.TellAsync(Forms.Started(), refused);

        var listed = (await ListAsync())[0]!["checkout"]!["reason"]!;
        var whole = (await _server.GetAsync($"/v1/sessions/{await IdAsync()}"))
            ["checkout"]!["reason"]!;

        Assert.Equal("""{"code":"coupon_friction","confidence":0.92}""", listed.ToJsonString());
        Assert.Equal("coupon_refused", (string?)whole["rule"]);
        Assert.Equal(0, (int)whole["rules_version"]!);
        Assert.Equal(refused.Id, (string?)whole["evidence"]![0]!["event_id"]);
        Assert.Equal("low_intent", (string?)whole["alternatives"]![0]!["code"]);
    }

    [Fact]
    public async Task Customer_product_and_priority_are_objects_and_words()
    {
        await _server.TellAsync(Forms.Started(), Forms.At(5, "checkout_updated",
            "'customer':{'name':'Amina','phone':'+213 551 23 45 67','email':'a@shop.example'},"
            + "'product':{'name':'Teapot','price':45,'quantity':2}"));

        var checkout = (await ListAsync())[0]!["checkout"]!;

        Assert.Equal("Amina", (string?)checkout["customer"]!["name"]);
        Assert.Equal("+213551234567", (string?)checkout["customer"]!["phone_e164"]);
        Assert.Equal("a@shop.example", (string?)checkout["customer"]!["email"]);
        Assert.Equal("""{"name":"Teapot","quantity":2}""", checkout["product"]!.ToJsonString());
        Assert.Equal("high", (string?)checkout["priority"]);
    }

    [Theory]
    [InlineData("q=amina")]
    [InlineData("q=551 23")]
    [InlineData("q=%2B213551")]
    [InlineData("q=béjaia")]
    [InlineData("q=SHOP.example")]
    [InlineData("reason=low_intent")]
    [InlineData("progress=0-24")]
    [InlineData("progress=0-24&progress=100")]
    [InlineData("device=")]
    [InlineData("status=live")]
    public async Task The_list_is_found_by(string question)
    {
        await _server.TellAsync(Forms.Started(), Forms.At(5, "checkout_updated",
            "'customer':{'name':'Amina','phone':'+213 551 23 45 67','wilaya':'Béjaïa',"
            + "'email':'a@shop.example'}"));
        await _server.TellAsync(Some.Event("checkout_started", 0.1, device: "d2", properties:
            """{"checkout_id":"other","required":["a","b"],"filled":["a","b"]}"""));
        var moved = _server.Clock.GetUtcNow() - Some.Start;
        Assert.True(moved < TimeSpan.FromMinutes(200));

        var found = await ListAsync(question);

        Assert.Contains(found, one => (string?)one!["checkout"]!["customer"]!["name"] == "Amina");
    }

    [Fact]
    public async Task Facets_count_reasons_and_ranges_of_progress()
    {
        await _server.TellAsync(Forms.Started(), Forms.Filled(5, "name"));

        var facets = (await _server.GetAsync("/v1/sessions?lens=checkouts"))["facets"]!;

        Assert.Equal("""{"low_intent":1}""", facets["reason"]!.ToJsonString());
        Assert.Equal("""{"25-49":1}""", facets["progress_range"]!.ToJsonString());
    }

    [Fact]
    public async Task A_call_is_an_action_and_can_be_undone()
    {
        await _server.TellAsync(Forms.Started());
        _server.Clock.Advance(TimeSpan.FromHours(3));
        var id = await IdAsync();

        var (_, called) = await ActAsync(id, """{"type":"contact","to":"phone","version":0}""");
        Assert.Equal("contacted", (string?)called["status"]);
        var action = (await _server.GetAsync($"/v1/sessions/{id}/events"))
            ["actions"]![0]!["id"]!.GetValue<string>();
        var (_, undone) = await ActAsync(id, $$"""{"type":"undo","to":"{{action}}"}""");

        Assert.Equal("abandoned", (string?)undone["status"]);
        Assert.Equal(2, (int)undone["version"]!);
    }

    [Fact]
    public async Task Undoing_too_late_says_so()
    {
        await _server.TellAsync(Forms.Started());
        _server.Clock.Advance(TimeSpan.FromHours(3));
        var id = await IdAsync();
        await ActAsync(id, """{"type":"contact","to":"phone"}""");
        var action = (await _server.GetAsync($"/v1/sessions/{id}/events"))
            ["actions"]![0]!["id"]!.GetValue<string>();
        _server.Clock.Advance(TimeSpan.FromSeconds(13));

        var (status, body) = await ActAsync(id, $$"""{"type":"undo","to":"{{action}}"}""");

        Assert.Equal((422, "undo_not_allowed"), (status, (string?)body["code"]));
    }

    [Theory]
    [InlineData("""{"type":"contact","to":"pigeon"}""", "action_invalid")]
    [InlineData("""{"type":"discount","to":"BACK-10","text":"ten"}""", "action_invalid")]
    [InlineData("""{"type":"follow_up","to":"soon"}""", "action_invalid")]
    [InlineData("""{"type":"confirm"}""", "transition_not_allowed")]
    [InlineData("""{"type":"dance"}""", "action_unknown")]
    public async Task An_action_that_cannot_be_is_refused_by_name(string body, string code)
    {
        await _server.TellAsync(Forms.Started());
        _server.Clock.Advance(TimeSpan.FromHours(3));

        var (status, answer) = await ActAsync(await IdAsync(), body);

        Assert.Equal((422, code), (status, (string?)answer["code"]));
    }

    [Fact]
    public async Task What_other_rules_about_reasons_would_change_is_told_before_they_are_saved()
    {
        await _server.TellAsync(
            Forms.Started(), Forms.At(5, "checkout_coupon", "'code':'SALE','accepted':false"));

        var (_, preview) = await _server.PostAsync(
            _server.Secret, "/v1/rules/reasons/preview", """
            {"rules":{"rules":[{"signal":"nothing","reason":"unknown","confidence":0.25}]}}
            """);

        Assert.Equal((1, 1), ((int)preview["sessions"]!, (int)preview["changed"]!));
        Assert.Equal(1, (int)preview["fields"]!["reason"]!);
        Assert.Equal("coupon_friction",
            (string?)(await ListAsync())[0]!["checkout"]!["reason"]!["code"]);
    }

    private async Task<JsonArray> ListAsync(string question = "") =>
        (await _server.GetAsync($"/v1/sessions?lens=checkouts&{question}".TrimEnd('&')))
            ["items"]!.AsArray();

    private async Task<string> IdAsync() =>
        (await ListAsync("sort=started"))[0]!["id"]!.GetValue<string>();

    private Task<(int Status, JsonNode Body)> ActAsync(string id, string body) =>
        _server.PostAsync(_server.Secret, $"/v1/sessions/{id}/actions", body);
}
