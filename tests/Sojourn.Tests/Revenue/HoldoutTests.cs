using System.Text.Json.Nodes;
using Sojourn.Events;
using Sojourn.Server.Outreach;
using Sojourn.Tests.Server.Outreach;
using Sojourn.Tests.Server.Pages;
using Xunit;

namespace Sojourn.Tests.Revenue;

/// <summary>People written to against people left alone: who counts, and when.</summary>
public sealed class HoldoutTests : IAsyncLifetime
{
    private const int People = 12;
    private const double Day = 24 * 60;

    private static readonly OutreachSettings HalfAlone = OutreachWorld.Settings with
    {
        Rules = [OutreachWorld.Settings.Rules[0] with { Holdout = 50 }],
    };

    private OutreachWorld _world = null!; // Set before each test.
    private double _minute;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _world = await OutreachWorld.StartAsync(HalfAlone);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Both_sides_count_from_one_moment_and_only_when_their_time_is_over()
    {
        await LeaveAllAsync();
        await PassAsync(41);
        var open = await ComparisonAsync();
        await PassAsync((7 * Day) - 1);
        var almost = await ComparisonAsync();
        await PassAsync(2);
        var over = await ComparisonAsync();

        Assert.Equal((0, 0), (Of(open, "written_to", "people"), Of(open, "held_out", "people")));
        Assert.Null(open["difference"]);
        Assert.Equal(People, Of(almost, "written_to", "open") + Of(almost, "held_out", "open"));
        Assert.Equal(
            People, Of(over, "written_to", "people") + Of(over, "held_out", "people"));
        Assert.Equal(0, Of(over, "written_to", "open") + Of(over, "held_out", "open"));
        Assert.Equal("unknown", (string?)over["difference"]!["says"]);
    }

    [Fact]
    public async Task Who_bought_before_the_message_was_due_is_on_no_side()
    {
        await LeaveAllAsync();
        await PassAsync(11);
        await OrderAsync(0);
        await PassAsync(30);
        await PassAsync(7 * Day);

        var over = await ComparisonAsync();

        Assert.Equal(
            People - 1, Of(over, "written_to", "people") + Of(over, "held_out", "people"));
    }

    [Fact]
    public async Task An_order_counts_wherever_it_was_placed_once_a_server_told_of_it_in_time()
    {
        await LeaveAllAsync();
        await PassAsync(41);
        await PassAsync(1);
        await OrderAsync(0);
        await OrderAsync(1, "elsewhere", user: "another-device");
        await OrderAsync(2, checkout: null);
        await OrderAsync(3, trust: Trust.Claimed);
        await PassAsync((7 * Day) + 1);
        await OrderAsync(4);

        var people = await PeopleAsync("within=30d&outcome=ordered");

        Assert.Equal(
            ["p0@home.example", "p1@home.example", "p2@home.example"],
            people["items"]!.AsArray().Select(one => (string?)one!["address"]).Order());
    }

    [Fact]
    public async Task At_night_the_side_is_decided_when_the_message_was_due_not_when_it_goes()
    {
        _world.Server.Clock.Advance(TimeSpan.FromHours(10.75)); // 20:45
        _minute = 645;
        await LeaveAllAsync();
        await PassAsync(45);
        await PassAsync(12 * 60);
        await PassAsync(10);

        var people = (await PeopleAsync("within=30d"))["items"]!.AsArray();

        Assert.Equal(People, people.Count);
        Assert.Single(people.Select(one => (string?)one!["decided"]).Distinct());
    }

    [Fact]
    public async Task A_share_that_changes_moves_nobody_and_is_compared_by_itself()
    {
        await LeaveAllAsync();
        await PassAsync(41);
        var before = await PeopleAsync("share=50");
        await _world.SaveAsync(HalfAlone with
        {
            Rules = [HalfAlone.Rules[0] with { Holdout = 0 }],
        });
        await _world.LeaveAsync("new@home.example", "k-new", _minute, user: "new");
        await PassAsync(Day + 41);

        var after = await PeopleAsync("");

        Assert.Equal(
            before["items"]!.AsArray().Select(SideOf), after["items"]!.AsArray().Select(SideOf));
    }

    [Fact]
    public async Task Every_number_of_the_page_is_the_length_of_the_list_it_leads_to()
    {
        await LeaveAllAsync();
        await PassAsync(41);
        await PassAsync(1);
        await OrderAsync(0);
        await OrderAsync(1);
        await PassAsync((7 * Day) + 1);
        await LeaveAllAsync("later");
        await PassAsync(41);
        using var reader = await Reader.SignInAsync(_world.Server);

        var page = await reader.OpenAsync("checkouts/revenue?within=90d");

        var links = page.QuerySelectorAll("a[data-counts]");
        Assert.Equal(6, links.Length);
        Assert.Equal(2 * People, links.Sum(link => link.TextContent is var text
            && link.GetAttribute("href")!.EndsWith("outcome=ordered", StringComparison.Ordinal)
                ? 0 : int.Parse(text)));
        foreach (var link in links)
        {
            var list = await reader.FollowAsync(link.GetAttribute("href")!);
            Assert.Equal(
                int.Parse(link.GetAttribute("data-counts")!),
                list.QuerySelectorAll("#compared tbody tr").Length);
        }
    }

    [Fact]
    public async Task Without_a_holdout_the_page_says_how_to_have_one()
    {
        await _world.SaveAsync(OutreachWorld.Settings);
        await LeaveAllAsync();
        await PassAsync(41);
        using var reader = await Reader.SignInAsync(_world.Server);

        var page = await reader.OpenAsync("checkouts/revenue");

        Assert.NotNull(page.QuerySelector("#holdout-off a[href$='settings/outreach']"));
    }

    [Theory]
    [InlineData("side=left")]
    [InlineData("share=51")]
    [InlineData("outcome=bought")]
    [InlineData("offset=-1")]
    [InlineData("within=5d")]
    public async Task A_question_for_people_it_does_not_know_is_refused(string question)
    {
        using var answer = await _world.Server.Secret.GetAsync(
            "/v1/revenue/holdout?" + question, Cancel);

        Assert.Equal(400, (int)answer.StatusCode);
    }

    private async Task LeaveAllAsync(string name = "p")
    {
        for (var i = 0; i < People; i++)
        {
            await _world.LeaveAsync(
                $"{name}{i}@home.example", $"{name}-k{i}", _minute, user: $"{name}{i}");
        }
    }

    private async Task PassAsync(double minutes)
    {
        _minute += minutes;
        await _world.PassAsync(minutes);
    }

    private Task OrderAsync(
        int person, string? checkout = "", Trust trust = Trust.Verified, string? user = null)
    {
        var key = checkout switch
        {
            null => "",
            "" => $"\"checkout_id\":\"p-k{person}\",",
            _ => $"\"checkout_id\":\"{checkout}\",",
        };
        return _world.Server.TellAsync(Some.Event(
            "order_submitted", _minute, user ?? $"p{person}", trust: trust, properties: $$$"""
                {{{{key}}}"order_id":"o{{{person}}}","total":20,"currency":"EUR",
                 "customer":{"email":"p{{{person}}}@home.example"}}
                """));
    }

    private async Task<JsonNode> ComparisonAsync() => Assert.Single(
        (await _world.Server.GetAsync("/v1/revenue?within=30d"))["holdout"]!["comparisons"]!
            .AsArray())!;

    private Task<JsonNode> PeopleAsync(string question) =>
        _world.Server.GetAsync("/v1/revenue/holdout?" + question);

    private static int Of(JsonNode comparison, string side, string name) =>
        (int)comparison[side]![name]!;

    private static (string?, bool) SideOf(JsonNode? one) =>
        ((string?)one!["address"], (string?)one["side"] == "held_out");
}
