using Sojourn.Events;
using Sojourn.Events.Rules;
using Sojourn.Kinds.Visits;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage;
using Xunit;

namespace Sojourn.Tests.Contracts;

/// <summary>Saved rules are in force for all of history before they are answered.</summary>
public abstract partial class StoreContract
{
    private const string FivePoints = """
        {"rules":[{"id":"a","name":"a","points":5,"when":{"events":["page_view"]}}]}
        """;

    [Fact]
    [Trait("Invariant", "I4")]
    public async Task A_saved_rule_scores_what_was_stored_before_and_what_comes_after()
    {
        await AppendAsync(Some.Event(user: "ada"));

        await SaveScoringAsync(0, FivePoints);
        await AppendAsync(Some.Event(user: "bob"));

        Assert.Equal([5L, 5L], await PointsAsync());
        Assert.Empty(await Store.VerifyAsync(Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Rules_outlive_a_restart()
    {
        await AppendAsync(Some.Event(user: "ada"));
        await SaveScoringAsync(0, FivePoints);

        await RestartAsync();
        await AppendAsync(Some.Event(user: "bob"));

        Assert.Equal([5L, 5L], await PointsAsync());
    }

    [Fact]
    public async Task The_next_version_of_rules_replaces_the_last()
    {
        await AppendAsync(Some.Event(user: "ada"));
        await SaveScoringAsync(0, FivePoints);

        var stale = await SaveScoringAsync(0, FivePoints);
        await SaveScoringAsync(1, FivePoints.Replace("5", "-7", StringComparison.Ordinal));

        Assert.Equal(DocumentRefusal.Stale, stale.Refusal);
        Assert.Equal([-7L], await PointsAsync());
    }

    [Fact]
    public async Task Suppression_rules_hide_and_bring_back()
    {
        await AppendAsync(Some.Event(user: "ada"), Some.Event("crawl", user: "bob"));
        var place = RuleSets.PlaceOf(Project, "suppression");

        await Store.PutDocumentAsync(
            place, 0, """{"filters":[{"name":"robots","when":{"events":["crawl"]}}]}""", Cancel);
        var hidden = await VisitsAsync(Visits with { Suppressed = SuppressedView.Only });
        await Store.PutDocumentAsync(place, 1, "{}", Cancel);

        Assert.Equal("robots", Assert.Single(hidden).SuppressedBy);
        Assert.Equal(2, (await VisitsAsync(Visits)).Count);
    }

    [Fact]
    public async Task An_event_suppressed_by_its_neighbours_is_told_so_in_lists_and_timelines()
    {
        await AppendAsync(Click(0, "/a"), Click(0.5, "/b"));
        var first = await VisitsAsync(Visits);

        await AppendAsync(Click(1, "/c"));

        Assert.Null(Assert.Single(first).SuppressedBy);
        Assert.Empty(await VisitsAsync(Visits));
        var events = await Store.EventsAsync(
            Project, new EventQuery { Suppressed = SuppressedView.Only }, Cancel);
        Assert.Equal(3, events.Items.Count);
        var timeline = await Store.TimelineAsync(Project, first[0].Id, null, 10, Cancel);
        Assert.All(
            timeline!.Events.Items, one => Assert.Equal("mail_scanner", one.SuppressedBy));
    }

    [Fact]
    public async Task A_replay_shows_other_rules_and_changes_nothing()
    {
        await AppendAsync(Some.Event(user: "ada"));
        var settings = Store.SettingsOf(Project) with
        {
            Rules = new Dictionary<string, RuleText>
            {
                ["scoring"] = new(1, FivePoints),
            },
        };

        var replayed = await Store
            .ReplayAsync(Project, settings, VisitLenses.Leads, Cancel).ToListAsync(Cancel);

        Assert.Equal(5L, PointsOf(Assert.Single(replayed)));
        Assert.Equal([0L], await PointsAsync());
    }

    [Fact]
    public async Task Readers_of_changes_see_a_gap_when_rules_change()
    {
        await AppendAsync(Some.Event(user: "ada"));
        var changes = Store.ChangesAsync(Project, Cancel);

        await AppendAsync(Some.Event(user: "bob"));
        await SaveScoringAsync(0, FivePoints);

        // Two commits and then the rules: what comes after the last commit is not the next.
        var told = await changes.Select(one => one.Sequence)
            .FirstAsync(sequence => sequence > 2, Cancel);
        Assert.Equal(4, told);
    }

    [Fact]
    [Trait("Invariant", "I13")]
    public async Task Groups_add_up_to_the_list()
    {
        await AppendAsync(
            Some.Event("email_open", 0, "ada"), Some.Event(minute: 1, user: "ada"),
            Some.Event(minute: 5, user: "bob"), Some.Event("demo_request", 6, "bob"),
            Some.Event(minute: 90, user: "bob"));

        var groups = await Store.GroupAsync(
            Project,
            new GroupQuery(Visits, [VisitKind.Goal]) { Medians = [CommonFields.Duration] },
            Cancel);

        Assert.Equal((await VisitsAsync(Visits)).Count, groups.Total);
        Assert.Equal(
            [("", 2L), ("Demo request", 1L)],
            groups.Groups.Select(one => (one.Word(0), one.Count)));
        Assert.Equal(60_000_000, groups.Groups[1].Medians[0]);
    }

    private static SessionQuery Visits => new() { Lens = VisitLenses.Leads };

    private static Event Click(double second, string url) => Some.Event(
        "email_click", second / 60, "ada", properties: $$"""{"url":"https://x.example{{url}}"}""");

    private Task<DocumentAnswer> SaveScoringAsync(int version, string json) =>
        Store.PutDocumentAsync(RuleSets.PlaceOf(Project, "scoring"), version, json, Cancel);

    private async Task<IReadOnlyList<Session>> VisitsAsync(SessionQuery query) =>
        await Store.ExportAsync(Project, query, Cancel).ToListAsync(Cancel);

    private async Task<IReadOnlyList<long>> PointsAsync() =>
        [.. (await VisitsAsync(Visits)).Select(PointsOf)];

    private static long PointsOf(Session session) =>
        (long)session.Values[new VisitKind().Fields.ToList().IndexOf(VisitKind.Points)]!;
}
