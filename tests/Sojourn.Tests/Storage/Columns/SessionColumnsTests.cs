using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage.Columns;
using Xunit;

namespace Sojourn.Tests.Storage.Columns;

public sealed class SessionColumnsTests : IDisposable
{
    private static readonly SessionQuery All = new() { Lens = ParcelKind.Parcels };

    private readonly SessionColumns _columns = new([ParcelKind.Instance]);
    private readonly RandomParcels _random = new(1);

    public void Dispose() => _columns.Dispose();

    [Fact]
    public void Status_follows_the_instant_asked_for_backwards_too()
    {
        Add(One(1) with { Lifecycle = Ending(at: 30) });

        Assert.Equal(["ended"], Statuses(minute: 31));
        Assert.Equal(["live"], Statuses(minute: 29));
        Assert.Equal(["ended"], Statuses(minute: 30));
    }

    [Fact]
    public void A_status_filter_finds_only_sessions_that_have_it_now()
    {
        Add(
            One(1) with { Lifecycle = Ending(at: 30) },
            One(2) with { Lifecycle = Ending(at: 60) });

        var live = new AnyOf(CommonFields.Status, ["live"]);
        var page = Ask(All with { Filters = [live] }, minute: 45);

        Assert.Equal(2UL, Assert.Single(page.Items).Id.Part);
        Assert.Equal(["ended", "live"], Values(page, CommonFields.Status));
    }

    [Fact]
    public void A_person_is_found_by_each_of_the_three_ids_and_only_exactly()
    {
        Add(
            One(1) with { PersonId = "ada", AnonymousId = null, UserId = null },
            One(2) with { PersonId = "x", AnonymousId = "ada", UserId = null },
            One(3) with { PersonId = "x", AnonymousId = null, UserId = "ada" },
            One(4) with { PersonId = "Ada", AnonymousId = "adas", UserId = "ad" });

        Assert.Equal([1, 2, 3], Found(new AnyOf(CommonFields.Person, ["ada"])));
    }

    [Fact]
    public void The_empty_value_finds_null_and_empty_words()
    {
        Add(
            One(1) with { Device = null },
            One(2) with { Device = "" },
            One(3) with { Device = "mobile" });

        Assert.Equal([1, 2], Found(new AnyOf(CommonFields.Device, [""])));
        Assert.Equal(["", "mobile"], Values(Ask(All), CommonFields.Device));
    }

    [Fact]
    public void Bounds_are_included_and_a_missing_value_is_never_within()
    {
        Add(With(1, ParcelKind.Points, 5L), With(2, ParcelKind.Points, 9L),
            With(3, ParcelKind.Points, 10L), With(4, ParcelKind.Points, null));

        Assert.Equal([1, 2], Found(new Between(ParcelKind.Points, 5, 9)));
        Assert.Equal([1, 2, 3], Found(new Between(ParcelKind.Points, null, null)));
    }

    [Theory]
    [InlineData(true, new[] { 2, 1, 3 })]
    [InlineData(false, new[] { 1, 2, 3 })]
    public void Sessions_without_a_value_come_last_in_both_directions(bool descending, int[] order)
    {
        Add(With(1, ParcelKind.Points, -5L), With(2, ParcelKind.Points, 9L),
            With(3, ParcelKind.Points, null));

        var page = Ask(All with { Sort = ParcelKind.Points, Descending = descending });

        Assert.Equal(order, page.Items.Select(one => (int)one.Id.Part));
    }

    [Fact]
    public void Events_mean_what_the_lens_says()
    {
        Add(With(1, ParcelKind.Stops, 7L) with { Events = 2 },
            With(2, ParcelKind.Stops, 2L) with { Events = 7 });
        var filter = new Between(CommonFields.Events, 5, null);

        var events = Ask(All with { Filters = [filter] });
        var stops = Ask(All with { Filters = [filter], Lens = ParcelKind.ParcelsByStops });

        Assert.Equal(2UL, Assert.Single(events.Items).Id.Part);
        Assert.Equal(1UL, Assert.Single(stops.Items).Id.Part);
    }

    [Theory]
    [InlineData("zoe")]
    [InlineData("ZOË b")]
    [InlineData("ë Beé")]
    [InlineData("ê")]
    public void Search_ignores_case_and_accents(string text)
    {
        Add(One(1) with { Name = "Zoë Bée" }, One(2) with { Name = "Nobody", Email = null });

        Assert.Contains(1, Found(All with { Text = text }));
    }

    [Theory]
    [InlineData("احمد", "أَحمَد")]
    [InlineData("ΣΟΦΟΣ", "σοφός")]
    [InlineData("ёлка", "ЕЛКА")]
    [InlineData("İstanbul", "istanbul")]
    public void Search_works_in_any_script(string text, string name)
    {
        Add(One(1) with { Name = name });

        Assert.Equal([1], Found(All with { Text = text }));
    }

    [Fact]
    public void A_text_that_was_replaced_is_not_found_any_more()
    {
        Add(One(1) with { Name = "Quentin" });
        Add(One(1) with { Name = "Xavier" });

        Assert.Empty(Found(All with { Text = "quentin" }));
        Assert.Equal([1], Found(All with { Text = "xavier" }));
    }

    [Fact]
    public void Texts_replaced_very_often_do_not_pile_up()
    {
        Add(One(1));
        var before = _columns.Bytes;

        for (var i = 0; i < 20_000; i++)
            Add(One(1) with { Name = "Name number " + i });

        Assert.True(_columns.Bytes < before + 100_000, $"{before} became {_columns.Bytes}.");
        Assert.Equal("Name number 19999", _columns.Find(IdOf(1))!.Name);
    }

    [Fact]
    public void Rows_of_removed_sessions_are_used_again()
    {
        for (var i = 0; i < 40; i++)
        {
            Add([.. Enumerable.Range(i * 1_000, 1_000).Select(One)]);
            _columns.Apply([], [.. Enumerable.Range(i * 1_000, 1_000).Select(IdOf)]);
        }

        Assert.Equal(0, _columns.Count("parcel"));
        Assert.True(_columns.Bytes < 1_000_000, $"{_columns.Bytes} bytes for nothing.");
    }

    [Fact]
    public void A_session_removed_and_changed_in_one_go_is_there()
    {
        Add(One(1));

        _columns.Apply([One(1)], [IdOf(1), IdOf(99)]);

        Assert.Equal(1, _columns.Count("parcel"));
        Assert.Null(_columns.Find(IdOf(99)));
    }

    [Fact]
    public void An_export_shows_the_moment_it_was_asked_for()
    {
        var before = Enumerable.Range(0, 5_000).Select(_random.Session).ToArray();
        Add(before);

        var export = _columns.Export(All with { Suppressed = SuppressedView.All, Archived = true },
            new AsOf(1, Some.Us(0)));
        _columns.Apply(
            [.. Enumerable.Range(0, 2_500).Select(_random.Session)],
            [.. Enumerable.Range(2_500, 2_500).Select(_random.Id)]);

        var exported = export.ToDictionary(one => one.Id);
        Assert.Equal(5_000, exported.Count);
        Assert.All(before, one => SessionAssert.Equal(one, exported[one.Id]));
    }

    [Fact]
    public async Task Readers_see_all_of_a_change_or_nothing_of_it()
    {
        const int Sessions = 300;
        Add([.. Enumerable.Range(0, Sessions).Select(one => One(one) with { Device = "a" })]);
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                var page = Ask(All);
                Assert.Equal(Sessions, page.Total);
                Assert.Single(page.Items.Select(one => one.Device).Distinct());
                Assert.Equal(Sessions, Assert.Single(
                    page.Facets.Single(one => one.Field == CommonFields.Device).Counts).Value);
            }
        }, TestContext.Current.CancellationToken)).ToList();

        for (var i = 0; i < 200; i++)
        {
            var device = i % 2 == 0 ? "b" : "a";
            var all = Enumerable.Range(0, Sessions);
            Add([.. all.Select(one => One(one) with { Device = device })]);
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);
    }

    [Fact]
    public void Many_blocks_shared_by_threads_count_the_same()
    {
        const int Sessions = 70 * 4096;
        Add([.. Enumerable.Range(0, Sessions).Select(one =>
            With(one, ParcelKind.Points, (long)(one % 10)) with { Device = "d" + one % 3 })]);

        var page = Ask(All with
        {
            Filters =
            [
                new Between(ParcelKind.Points, 4, 4), new AnyOf(CommonFields.Device, ["d1"]),
            ],
        });

        Assert.Equal(
            Enumerable.Range(0, Sessions).Count(i => i % 10 == 4 && i % 3 == 1), page.Total);
        Assert.All(
            page.Facets.Single(one => one.Field == CommonFields.Device).Counts,
            one => Assert.Equal(
                Enumerable.Range(0, Sessions).Count(i => i % 10 == 4 && "d" + i % 3 == one.Key),
                one.Value));
    }

    private static Lifecycle Ending(double at) =>
        new("live", SessionEdge.Open, Some.Us(at), "ended", SessionEdge.Idle);

    private static SessionId IdOf(int number) => new('p', 1, (ulong)number);

    private static Session One(int number) => new()
    {
        Id = IdOf(number),
        Kind = "parcel",
        Key = "cart-" + number,
        PersonId = "p" + number,
        StartedUs = Some.Us(0),
        LastEventUs = Some.Us(1),
        EndedUs = Some.Us(1),
        Events = 1,
        RawEvents = 1,
        Entry = "page_view",
        Exit = "page_view",
        StartReason = SessionEdge.First,
        Lifecycle = Lifecycle.Settled("ended", SessionEdge.Idle),
        Source = "direct",
        EventNames = ["page_view"],
        Values = [null, null, Array.Empty<string>(), null, null, null, null, null, null, null],
    };

    private static Session With(int number, Field field, object? value)
    {
        var values = One(number).Values.ToArray();
        values[ParcelKind.Instance.Fields.Index().First(one => one.Item == field).Index] = value;
        return One(number) with { Values = values };
    }

    private void Add(params Session[] sessions) => _columns.Apply(sessions, []);

    private SessionPage Ask(SessionQuery query, double minute = 0) =>
        _columns.Query(query, new AsOf(1, Some.Us(minute)));

    private List<int> Found(Filter filter) => Found(All with { Filters = [filter] });

    private List<int> Found(SessionQuery query) =>
        [.. Ask(query).Items.Select(one => (int)one.Id.Part).Order()];

    private List<string> Statuses(double minute)
    {
        var page = Ask(All, minute);
        Assert.All(page.Items, one => Assert.Equal(page.Items[0].Lifecycle, one.Lifecycle));
        return Values(page, CommonFields.Status);
    }

    private static List<string> Values(SessionPage page, Field field) =>
        [.. page.Facets.Single(one => one.Field == field).Counts.Select(one => one.Key)];
}
