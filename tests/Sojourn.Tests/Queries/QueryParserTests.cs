using Sojourn.Kinds.Checkouts;
using Sojourn.Kinds.Visits;
using Sojourn.Queries;
using Sojourn.Sessions;
using Xunit;

namespace Sojourn.Tests.Queries;

public sealed class QueryParserTests
{
    private static readonly QueryParser Parser =
        new([VisitLenses.Users, VisitLenses.Leads, CheckoutLens.Checkouts]);

    [Fact]
    public void The_first_list_is_meant_when_none_is_named()
    {
        Assert.Same(VisitLenses.Users, Read("").Lens);
        Assert.Same(VisitLenses.Leads, Read("lens=leads").Lens);
    }

    [Fact]
    public void Repeated_values_are_one_filter()
    {
        var filter = Assert.IsType<AnyOf>(
            Assert.Single(Read("device=mobile&device=tablet").Filters));

        Assert.Equal(CommonFields.Device, filter.Field);
        Assert.Equal(["mobile", "tablet"], filter.Values);
    }

    [Fact]
    public void A_period_includes_its_start_and_excludes_its_end()
    {
        var filter = Between("from=2026-03-02T10:00:00Z&to=2026-03-02T12:00:00%2B01:00");

        Assert.Equal(new Between(CommonFields.Started, Some.Us(0), Some.Us(60) - 1), filter);
    }

    [Fact]
    public void Bounds_are_read_as_their_field_has_them()
    {
        Assert.Equal(
            new Between(CommonFields.Duration, 1_800_000_001, null),
            Between("duration_min=1800.000001s"));
        Assert.Equal(
            new Between(CheckoutFields.Value, 4995, 10_000),
            Between("lens=checkouts&value_min=49.95&value_max=100"));
        Assert.Equal(
            new Between(VisitKind.Points, -5, null), Between("lens=leads&points_min=-5"));
    }

    [Fact]
    public void Events_mean_what_the_list_calls_its_events()
    {
        Assert.Equal(new Between(VisitKind.BusinessEvents, 3, null), Between("events_min=3"));
        Assert.Equal(
            new Between(CommonFields.Events, 3, null), Between("lens=leads&events_min=3"));
    }

    [Fact]
    public void Ranges_that_touch_are_one()
    {
        Assert.Equal(
            new Between(CheckoutFields.Progress, 0, 49),
            Between("lens=checkouts&progress=21-49&progress=0-20"));
    }

    [Fact]
    public void The_ranges_that_lists_count_can_be_asked_for_with_gaps_between_them()
    {
        var filter = Assert.IsType<AnyOf>(Assert.Single(
            Read("lens=checkouts&progress=0-24&progress=75-99").Filters));

        Assert.Equal(CheckoutFields.ProgressRange, filter.Field);
        Assert.Equal(["0-24", "75-99"], filter.Values);
    }

    [Fact]
    public void Ended_in_is_the_last_event()
    {
        var filter = Assert.IsType<AnyOf>(Assert.Single(Read("lens=leads&ended_in=x").Filters));

        Assert.Equal(CommonFields.Exit, filter.Field);
    }

    [Fact]
    public void A_sort_names_its_direction()
    {
        Assert.True(Read("sort=-duration").Descending);
        Assert.False(Read("sort=duration").Descending);
        Assert.Equal(CommonFields.Duration, Read("sort=-duration").Sort);
    }

    [Theory]
    [InlineData("colour=red", "colour")]
    [InlineData("lens=users&points_min=1", "points_min")]
    [InlineData("lens=nothing", "lens")]
    [InlineData("status=sleeping", "status")]
    [InlineData("lens=checkouts&status=active", "status")]
    [InlineData("suppressed=maybe", "suppressed")]
    [InlineData("archived=maybe", "archived")]
    [InlineData("sort=person", "sort")]
    [InlineData("sort=points", "sort")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=5&limit=6", "limit")]
    [InlineData("offset=-1", "offset")]
    [InlineData("offset=1000001", "offset")]
    [InlineData("cursor=zzz", "cursor")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2026-03-02T10:00:00", "from")]
    [InlineData("to=2026-02-30T10:00:00Z", "to")]
    [InlineData("duration_min=90", "duration_min")]
    [InlineData("events_min=1.5", "events_min")]
    [InlineData("events_min=5&events_max=4", "business_events")]
    [InlineData("lens=checkouts&value_min=cheap", "value_min")]
    [InlineData("lens=checkouts&progress=0-20&progress=75-90", "progress")]
    [InlineData("lens=checkouts&interactions_min=1", "interactions_min")]
    [InlineData("q=%00", "q")]
    public void What_is_not_understood_is_named(string query, string field)
    {
        Assert.False(Parser.TryReadSessions(Parameters(query), "USD", out _, out var fault));
        Assert.Equal(field, fault.Field);
        Assert.NotEmpty(fault.Hint);
    }

    [Fact]
    public void A_cursor_leads_to_where_it_was_made()
    {
        var query = Read("lens=leads&sort=-points");
        var position = new RowPosition(-7, new SessionId('v', 1, ulong.MaxValue));

        var next = Read("lens=leads&sort=-points&cursor=" + Cursor.ToText(query, position));

        Assert.Equal(position, next.After);
    }

    [Fact]
    public void A_cursor_remembers_that_there_was_no_value()
    {
        var query = Read("lens=checkouts&sort=value");
        var position = new RowPosition(null, new SessionId('c', 1, 2));

        var next = Read("lens=checkouts&sort=value&cursor=" + Cursor.ToText(query, position));

        Assert.Equal(position, next.After);
    }

    [Theory]
    [InlineData("lens=leads&sort=points")]
    [InlineData("lens=leads&sort=-duration")]
    [InlineData("lens=users&sort=-started")]
    public void A_cursor_of_another_order_is_refused(string other)
    {
        var cursor = Cursor.ToText(
            Read("lens=leads&sort=-points"), new RowPosition(1, new SessionId('v', 1, 2)));

        Assert.False(Parser.TryReadSessions(
            Parameters($"{other}&cursor={cursor}"), "USD", out _, out var fault));
        Assert.Equal("cursor", fault.Field);
    }

    [Fact]
    public void A_question_about_events_is_read_too()
    {
        Assert.True(QueryParser.TryReadEvents(
            Parameters("id=e1&person=ada&name=a&name=b&suppressed=only&limit=7&cursor=c"),
            out var query, out _));

        Assert.Equal("e1", query.Id);
        Assert.Equal("ada", query.Person);
        Assert.Equal(["a", "b"], query.Names);
        Assert.Equal((SuppressedView.Only, 7, "c"), (query.Suppressed, query.Limit, query.Cursor));
    }

    [Theory]
    [InlineData("lens=users", "lens")]
    [InlineData("person=a&person=b", "person")]
    [InlineData("id=a&id=b", "id")]
    [InlineData("from=2026-03-03T00:00:00Z&to=2026-03-02T00:00:00Z", "to")]
    [InlineData("limit=x", "limit")]
    [InlineData("from=x", "from")]
    public void What_events_do_not_understand_is_named(string query, string field)
    {
        Assert.False(QueryParser.TryReadEvents(Parameters(query), out _, out var fault));
        Assert.Equal(field, fault.Field);
    }

    private static SessionQuery Read(string query)
    {
        Assert.True(
            Parser.TryReadSessions(Parameters(query), "USD", out var read, out var fault),
            fault?.ToString());
        return read;
    }

    private static Filter Between(string query) => Assert.Single(Read(query).Filters);

    private static KeyValuePair<string, string>[] Parameters(string query) =>
    [
        .. query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2))
            .Select(part => KeyValuePair.Create(part[0], Uri.UnescapeDataString(part[1]))),
    ];
}
