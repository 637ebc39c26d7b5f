using System.Net;
using Sojourn.Tests.Checkouts;
using Sojourn.Tests.Server.Accounts;
using Xunit;

namespace Sojourn.Tests.Server.Pages;

/// <summary>Rules about checkouts in forms, as a browser without script sends them.</summary>
public sealed class RuleFormTests : IAsyncLifetime
{
    private TestServer _server = null!; // Set before each test.
    private Visitor _visitor = null!; // Set before each test.

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _visitor = new Visitor(_server);
        await _visitor.SignInAsync(TestServer.AdminEmail);
        await _visitor.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _visitor.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_preview_names_each_move_with_sessions_to_look_at_and_saves_nothing()
    {
        await _server.TellAsync(
            Forms.Started(), Forms.At(5, "checkout_coupon", "'code':'SALE','accepted':false"));
        var id = (string)(await _server.GetAsync("/v1/sessions?lens=checkouts"))
            ["items"]![0]!["id"]!;

        var sent = await _visitor.PostAsync(
            At("reasons"), [.. await ReasonsAsync(without: ["3", "4"]), ("do", "preview")]);

        Assert.Equal(HttpStatusCode.OK, sent.Status);
        Assert.Contains(
            "<td>Reason</td><td dir=\"auto\">Coupon friction</td><td dir=\"auto\">Low intent</td>"
            + "<td class=\"number\">1</td>",
            _visitor.Text, StringComparison.Ordinal);
        Assert.Contains($"/checkouts/{id}", _visitor.Text, StringComparison.Ordinal);
        Assert.Equal(0, (int)(await _server.GetAsync("/v1/rules/reasons"))["version"]!);
    }

    [Fact]
    public async Task A_rule_that_is_switched_off_tells_no_reason_any_more()
    {
        await _server.TellAsync(
            Forms.Started(), Forms.At(5, "checkout_coupon", "'code':'SALE','accepted':false"));

        var sent = await _visitor.PostAsync(
            At("reasons"), [.. await ReasonsAsync(without: ["3", "4"]), ("do", "save")]);

        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        var row = (await _server.GetAsync("/v1/sessions?lens=checkouts"))["items"]![0]!;
        Assert.Equal("low_intent", (string)row["checkout"]!["reason"]!["code"]!);
    }

    [Fact]
    public async Task A_form_sent_as_it_is_shown_changes_no_rule()
    {
        var before = (await _server.GetAsync("/v1/rules/reasons"))["rules"]!.ToJsonString();

        await _visitor.PostAsync(At("reasons"), [.. await ReasonsAsync(), ("do", "save")]);

        var after = await _server.GetAsync("/v1/rules/reasons");
        Assert.Equal(1, (int)after["version"]!);
        Assert.Equal(before, after["rules"]!.ToJsonString());
    }

    [Fact]
    public async Task What_counts_as_recovered_is_chosen_in_a_form()
    {
        var sent = await _visitor.PostAsync(At("recovery"),
            ("version", "0"), ("part", "fields"), ("credit", "LinkOrCode"), ("days_after", "14"),
            ("half_life", "12"), ("usual", "4500.50"), ("country", "dz"), ("do", "save"));

        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        Assert.Equal(
            """{"credit":"link_or_code","days":14,"accept_claimed_orders":false,"country":"DZ","""
            + "\"usual_order\":4500.50,\"half_life_hours\":12}",
            (await _server.GetAsync("/v1/rules/recovery"))["rules"]!.ToJsonString());
    }

    [Theory]
    [InlineData("days_after", "0", "Use 1 to 90.")]
    [InlineData("days_after", "soon", "Use whole numbers, such as 7 days.")]
    [InlineData("usual", "much", "Write it like 4500 or 49.90.")]
    [InlineData("country", "Algeria", "Use two capital letters such as DZ, or leave it out.")]
    public async Task What_cannot_be_is_refused_with_what_to_do(
        string field, string value, string hint)
    {
        (string Name, string Value)[] form =
        [
            ("version", "0"), ("part", "fields"), ("credit", "WithinDays"), ("days_after", "7"),
            ("half_life", "6"), ("usual", ""), ("country", ""), ("do", "save"),
        ];

        var sent = await _visitor.PostAsync(
            At("recovery"),
            [.. form.Select(one => one.Name == field ? (field, value) : one)]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.Status);
        Assert.Contains(hint, _visitor.Text, StringComparison.Ordinal);
        Assert.Equal(0, (int)(await _server.GetAsync("/v1/rules/recovery"))["version"]!);
    }

    [Fact]
    public async Task A_preview_plays_only_the_days_it_is_asked_for()
    {
        await _server.TellAsync(Forms.Started());
        _server.Clock.Advance(TimeSpan.FromDays(10));
        await _server.TellAsync(Some.Event(
            "checkout_started", device: "d2", properties: """{"checkout_id":"later"}""") with
        {
            TimeUs = Forms.Us(TimeSpan.FromDays(10).TotalSeconds),
        });

        Assert.Equal(
            (2, 1), (await PlayedAsync(""), await PlayedAsync(",\"days\":7")));
    }

    [Fact]
    public async Task A_preview_of_too_many_days_is_refused()
    {
        var (status, problem) = await _server.PostAsync(
            _server.Secret, "/v1/rules/recovery/preview", """{"rules":{},"days":0}""");

        Assert.Equal((422, "rule_invalid", "days"),
            (status, (string)problem["code"]!, (string)problem["field"]!));
    }

    [Fact]
    public async Task An_order_that_would_no_longer_count_as_recovered_is_a_move_of_its_status()
    {
        await _server.TellAsync(Forms.Started());
        _server.Clock.Advance(TimeSpan.FromHours(1));
        var id = (string)(await _server.GetAsync("/v1/sessions?lens=checkouts"))
            ["items"]![0]!["id"]!;
        await _server.PostAsync(
            _server.Secret, $"/v1/sessions/{id}/actions", """{"type":"contact","to":"phone"}""");
        _server.Clock.Advance(TimeSpan.FromHours(1));
        await _server.TellAsync(Forms.Order(TimeSpan.FromHours(2).TotalSeconds));

        var (_, preview) = await _server.PostAsync(
            _server.Secret, "/v1/rules/recovery/preview", """{"rules":{"credit":"by_hand"}}""");

        var move = preview["moves"]!.AsArray().Single(
            one => (string)one!["field"]! == "status")!;
        Assert.Equal(("recovered", "converted", 1, id),
            ((string)move["before"]!, (string)move["after"]!, (int)move["sessions"]!,
                (string)move["examples"]![0]!));
    }

    private async Task<int> PlayedAsync(string days)
    {
        var (_, preview) = await _server.PostAsync(
            _server.Secret, "/v1/rules/recovery/preview", $$"""{"rules":{}{{days}}}""");
        return (int)preview["sessions"]!;
    }

    // The fields as the page shows them.
    private async Task<List<(string Name, string Value)>> ReasonsAsync(
        params string[] without)
    {
        using var reader = await Reader.SignInAsync(_server);
        var page = await reader.OpenAsync("settings/rules/reasons");
        return
        [
            .. page.FieldsOf(".rule-form:has(.reason-rules)")
                .Where(one => one.Name != "csrf"
                    && !(one.Name == "enabled" && without.Contains(one.Value)))
                .Append(("days", "30")),
        ];
    }

    private string At(string set) => $"/p/{_server.Project.Id}/settings/rules/{set}";
}
