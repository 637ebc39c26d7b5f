using Sojourn.Events;
using Sojourn.Kinds.Checkouts;
using Sojourn.Kinds.Visits;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage;
using Xunit;

namespace Sojourn.Tests.Contracts;

/// <summary>Lists: every number of one question agrees with every other.</summary>
public abstract partial class StoreContract
{
    [Fact]
    [Trait("Invariant", "I13")]
    public async Task Total_export_and_facet_sums_agree()
    {
        await AppendShopAsync();
        var query = Leads with
        {
            Filters = [new AnyOf(CommonFields.Country, ["DZ", ""])],
            Limit = 2,
        };

        var page = await ListAsync(query);

        Assert.Equal(4, page.Total);
        Assert.Equal(4, (await AllAsync(query)).Count);
        foreach (var field in new[] { CommonFields.Status, CommonFields.Entry })
            Assert.Equal(4, Counts(page, field).Sum(count => count.Value));
    }

    [Fact]
    public async Task A_facet_is_counted_under_all_filters_but_its_own()
    {
        await AppendShopAsync();

        var page = await ListAsync(Leads with
        {
            Filters =
            [
                new AnyOf(CommonFields.Country, ["DZ"]),
                new AnyOf(CommonFields.Entry, ["page_view"]),
            ],
        });

        Assert.Equal(2, page.Total);
        Assert.Equal([new("DZ", 2), new("", 1), new("FR", 1)], Counts(page, CommonFields.Country));
        Assert.Equal(
            [new("page_view", 2), new("form_submit", 1)], Counts(page, CommonFields.Entry));
    }

    [Theory]
    [InlineData("page_view", 4)]
    [InlineData("form_submit", 3)]
    [InlineData("nothing", 0)]
    public async Task A_set_is_filtered_by_what_it_contains(string name, int total)
    {
        await AppendShopAsync();

        var query = Leads with { Filters = [new AnyOf(CommonFields.Contains, [name])] };

        Assert.Equal(total, (await ListAsync(query)).Total);
    }

    [Fact]
    public async Task Bounds_are_included_and_a_missing_value_never_matches()
    {
        await AppendCheckoutsAsync();

        SessionQuery Within(Field field, long? min, long? max) =>
            Checkouts with { Filters = [new Between(field, min, max)] };

        Assert.Equal(3, (await ListAsync(Within(CheckoutFields.Value, null, null))).Total);
        Assert.Equal(2, (await ListAsync(Within(CheckoutFields.Value, 1000, 2000))).Total);
        Assert.Equal(2, (await ListAsync(Within(CheckoutFields.Value, 1001, null))).Total);
        Assert.Equal(0, (await ListAsync(Within(CheckoutFields.Value, 2001, 2999))).Total);
        Assert.Equal(
            1, (await ListAsync(Within(CommonFields.Started, Some.Us(1), Some.Us(1)))).Total);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sessions_without_the_value_sorted_by_come_last(bool descending)
    {
        await AppendCheckoutsAsync();

        var sessions = await AllAsync(
            Checkouts with { Sort = CheckoutFields.Value, Descending = descending });

        string[] valued = descending ? ["k3", "k2", "k1"] : ["k1", "k2", "k3"];
        Assert.Equal(valued, sessions.Take(3).Select(session => session.Key));
        Assert.Equal(["k4", "k5"], sessions.Skip(3).Select(session => session.Key).Order());
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(5, false)]
    public async Task Keyset_pages_hold_each_session_once_in_the_order_of_the_export(
        int limit, bool descending)
    {
        await AppendCheckoutsAsync();
        await AppendAsync([.. Enumerable.Range(0, 6).Select(i => Some.Event(
            "checkout_started", minute: 9, properties: $$"""{"checkout_id":"tie{{i}}"}"""))]);
        foreach (var sort in new[] { CheckoutFields.Value, CommonFields.Started })
        {
            var query = Checkouts with { Sort = sort, Descending = descending, Limit = limit };
            var found = new List<string>();
            do
            {
                var page = await ListAsync(query);
                Assert.Equal(11, page.Total);
                found.AddRange(page.Items.Select(TextOf));
                query = query with { After = page.Next };
            }
            while (query.After is not null && found.Count <= 11);

            Assert.Equal((await AllAsync(query)).Select(TextOf), found);
        }
    }

    [Fact]
    public async Task Sessions_of_one_sort_value_are_ordered_by_id()
    {
        await AppendAsync([.. Enumerable.Range(0, 20).Select(i => Some.Event(user: $"u{i}"))]);

        var ids = (await AllAsync()).Select(session => (session.Id.Key, session.Id.Part)).ToList();

        Assert.Equal(ids.Order(), ids);
    }

    [Fact]
    public async Task An_offset_leaves_out_the_first_rows()
    {
        await AppendCheckoutsAsync();
        var query = Checkouts with { Offset = 2, Limit = 2 };

        var page = await ListAsync(query);

        Assert.Equal(
            (await AllAsync(query)).Skip(2).Take(2).Select(TextOf), page.Items.Select(TextOf));
        Assert.Equal(page.Items[^1].Id, page.Next?.Id);
        Assert.Null((await ListAsync(query with { Offset = 3 })).Next);
    }

    [Fact]
    public async Task Suppressed_sessions_are_hidden_shown_alone_or_shown_too()
    {
        await AppendAsync(
            Some.Event(user: "ada"),
            Some.Event(user: "bot", properties: """{"test":true}"""),
            Some.Event(user: "eve", properties: """{"test":true}"""),
            Some.Event(user: "eve", minute: 1));

        async Task<IEnumerable<string>> PeopleAsync(SuppressedView view) =>
            (await AllAsync(Leads with { Suppressed = view })).Select(one => one.PersonId).Order();

        Assert.Equal(["ada", "eve"], await PeopleAsync(SuppressedView.Hide));
        Assert.Equal(["bot"], await PeopleAsync(SuppressedView.Only));
        Assert.Equal(["ada", "bot", "eve"], await PeopleAsync(SuppressedView.All));
    }

    [Fact]
    public async Task A_project_may_count_machines_like_people()
    {
        Project = await NewProjectAsync(ProjectSettings.Default with { Suppress = false });

        await AppendAsync(Some.Event(properties: """{"test":true}"""));

        Assert.Equal(1, (await ListAsync()).Total);
    }

    [Theory]
    [InlineData("zoé", 1)]
    [InlineData("ZOE", 1)]
    [InlineData("oé b", 1)]
    [InlineData("alger", 1)]
    [InlineData("k", 0)]
    [InlineData("100%", 1)]
    [InlineData("%", 1)]
    [InlineData("_", 0)]
    [InlineData("zoé benali 12", 0)]
    [InlineData("", 2)]
    public async Task Text_is_searched_without_regard_to_case_and_accents(string text, int total)
    {
        await AppendAsync(
            Some.Event("checkout_updated", user: "u1", properties: """
                {"checkout_id":"1","customer":{"name":"Zoé Benali","address":"12, rue d'Alger"}}
                """),
            Some.Event("checkout_started", user: "u2", properties: """
                {"checkout_id":"2","product":{"name":"100% wool"}}
                """));

        Assert.Equal(total, (await ListAsync(Checkouts with { Text = text })).Total);
    }

    [Fact]
    public async Task A_person_is_found_by_user_and_by_device()
    {
        await AppendAsync(
            Some.Event(device: "phone", user: "ada"), Some.Event(user: "eve"));

        foreach (var name in new[] { "ada", "phone" })
        {
            var query = Leads with { Filters = [new AnyOf(CommonFields.Person, [name])] };
            Assert.Equal("ada", Assert.Single((await ListAsync(query)).Items).PersonId);
        }
    }

    [Fact]
    public async Task A_status_is_judged_at_the_instant_of_asking()
    {
        var start = Clock.GetUtcNow() - Some.Start;
        await AppendAsync(Some.Event(minute: start.TotalMinutes));
        var active = Leads with
        {
            Filters = [new AnyOf(CommonFields.Status, [VisitStatus.Active])],
        };

        Clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromMicroseconds(1));
        Assert.Equal(1, (await ListAsync(active)).Total);
        Assert.Equal([new(VisitStatus.Active, 1)], Counts(await ListAsync(), CommonFields.Status));

        Clock.Advance(TimeSpan.FromMicroseconds(1));
        Assert.Equal(0, (await ListAsync(active)).Total);
        Assert.Equal([new(VisitStatus.Ended, 1)], Counts(await ListAsync(), CommonFields.Status));
    }

    [Fact]
    public async Task The_users_lens_counts_business_events()
    {
        await AppendAsync(
            Some.Event(), Some.Event("form_field", minute: 1), Some.Event("signed_up", minute: 2));

        async Task<long> TotalAsync(Lens lens, long events) => (await ListAsync(new SessionQuery
        {
            Lens = lens,
            Filters = [new Between(CommonFields.Events, events, events)],
        })).Total;

        Assert.Equal(1, await TotalAsync(VisitLenses.Leads, 3));
        Assert.Equal(1, await TotalAsync(VisitLenses.Users, 1));
        Assert.Equal(0, await TotalAsync(VisitLenses.Users, 3));
    }

    [Fact]
    public async Task Only_the_fields_asked_for_are_counted()
    {
        await AppendAsync(
            Some.Event("a", user: "ada"), Some.Event("b", minute: 1, user: "ada"),
            Some.Event("a", user: "eve"));

        var page = await ListAsync(Leads with { Counting = [CommonFields.Contains] });

        Assert.Equal([new("a", 2), new("b", 1)], Assert.Single(page.Facets).Counts);
    }

    [Fact]
    public async Task Facets_nobody_looks_at_are_not_counted()
    {
        await AppendShopAsync();

        Assert.Empty((await ListAsync(Leads with { WithFacets = false })).Facets);
    }

    [Fact]
    public async Task An_answer_names_the_commit_and_the_instant_it_holds_for()
    {
        var before = (await ListAsync()).AsOf;
        await AppendAsync(Some.Event());
        var after = (await ListAsync()).AsOf;
        await AppendAsync(Some.Event(id: "x"), Some.Event(id: "x"));
        await AppendAsync(Some.Event(id: "x"));

        Assert.Equal(before.Sequence + 1, after.Sequence);
        Assert.Equal(before.Sequence + 2, (await ListAsync()).AsOf.Sequence);
        Assert.Equal(Clock.NowUs(), after.NowUs);
    }

    private static IReadOnlyList<KeyValuePair<string, long>> Counts(
        SessionPage page, Field field) =>
        page.Facets.Single(facet => facet.Field == field).Counts;

    /// <summary>Five visits: three of DZ, one of FR and one of nowhere.</summary>
    private Task<IReadOnlyList<AppendOutcome>> AppendShopAsync() => AppendAsync(
        Visit("page_view", "a", "DZ"),
        Visit("form_submit", "a", "DZ", minute: 1),
        Visit("page_view", "b", "DZ"),
        Visit("form_submit", "c", "DZ"),
        Visit("page_view", "d", "FR"),
        Visit("form_submit", "d", "FR", minute: 2),
        Visit("page_view", "e", null));

    private static Event Visit(string name, string user, string? country, double minute = 0) =>
        Some.Event(name, minute, user, context: new EventContext { Country = country });

    /// <summary>Five checkouts: three of 10, 20 and 30, two without a value.</summary>
    private Task<IReadOnlyList<AppendOutcome>> AppendCheckoutsAsync() => AppendAsync(
        Checkout(1, ",\"total\":\"10.00\""),
        Checkout(2, ",\"total\":\"20.00\""),
        Checkout(3, ",\"total\":\"30.00\""),
        Checkout(4, ""),
        Checkout(5, ""));

    private static Event Checkout(int number, string total) => Some.Event(
        "checkout_updated",
        minute: number,
        user: $"u{number}",
        properties: $$"""{"checkout_id":"k{{number}}"{{total}}}""");
}
