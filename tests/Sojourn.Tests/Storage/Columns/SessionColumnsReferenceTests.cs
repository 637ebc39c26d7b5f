using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage.Columns;
using Xunit;

namespace Sojourn.Tests.Storage.Columns;

/// <summary>Random histories and questions against the slow reference.</summary>
public class SessionColumnsReferenceTests
{
    [Theory]
    [InlineData(1, 40, 400)]
    [InlineData(2, 400, 400)]
    [InlineData(3, 5_000, 40)]
    [InlineData(4, 9_000, 30)]
    public void Every_page_is_what_the_reference_says(int seed, int sessions, int queries)
    {
        var random = new RandomParcels(seed);
        using var columns = new SessionColumns([ParcelKind.Instance]);
        var all = Live(random, columns, sessions);

        for (var i = 0; i < queries; i++)
        {
            var query = random.Query();
            var asOf = new AsOf(i, random.NowUs());

            var page = columns.Query(query, asOf);

            SessionAssert.Equal(NaiveList.Page(all.Values, query, asOf), page);
        }
    }

    [Theory]
    [InlineData(6, 300)]
    [InlineData(7, 6_000)]
    public void Pages_by_position_show_each_match_once_and_in_order(int seed, int sessions)
    {
        var random = new RandomParcels(seed);
        using var columns = new SessionColumns([ParcelKind.Instance]);
        var all = Live(random, columns, sessions);

        for (var i = 0; i < 10; i++)
        {
            var query = random.Query() with { Offset = 0, Limit = 97 };
            var asOf = new AsOf(i, random.NowUs());
            var seen = new List<SessionId>();

            var page = columns.Query(query, asOf);
            seen.AddRange(page.Items.Select(one => one.Id));
            while (page.Next is { } next)
            {
                page = columns.Query(query with { After = next }, asOf);
                seen.AddRange(page.Items.Select(one => one.Id));
            }

            var matches = all.Values.Where(one => NaiveList.Matches(one, query, asOf.NowUs));
            Assert.Equal(NaiveList.Sorted(matches, query).Select(one => one.Id), seen);
        }
    }

    [Theory]
    [InlineData(8, 300)]
    [InlineData(9, 6_000)]
    public void An_export_is_the_whole_list_in_order(int seed, int sessions)
    {
        var random = new RandomParcels(seed);
        using var columns = new SessionColumns([ParcelKind.Instance]);
        var all = Live(random, columns, sessions);

        for (var i = 0; i < 10; i++)
        {
            var query = random.Query();
            var nowUs = random.NowUs();

            var exported = columns.Export(query, new AsOf(1, nowUs)).ToList();

            var matches = all.Values.Where(one => NaiveList.Matches(one, query, nowUs));
            var expected = NaiveList.Sorted(matches, query);
            Assert.Equal(expected.Count, exported.Count);
            Assert.All(expected.Zip(exported), one => SessionAssert.Equal(one.First, one.Second));
        }
    }

    [Fact]
    public void Broad_lists_are_right_while_sessions_change()
    {
        var random = new RandomParcels(11);
        using var columns = new SessionColumns([ParcelKind.Instance]);
        var all = Live(random, columns, 9_000);

        for (var i = 0; i < 30; i++)
        {
            var query = random.Query() with
            {
                Filters = [new Between(CommonFields.Started, Some.Us(random.Next(90)), null)],
                Text = null,
                WithFacets = true,
            };
            var asOf = new AsOf(i, random.NowUs());

            var page = columns.Query(query, asOf);

            SessionAssert.Equal(NaiveList.Page(all.Values, query, asOf), page);
            if (i % 3 == 0)
            {
                var session = random.Session(random.Next(9_000));
                columns.Apply([session], []);
                all[session.Id] = session;
            }
        }
    }

    [Fact]
    public void Each_session_comes_back_as_it_was_last_written()
    {
        var random = new RandomParcels(10);
        using var columns = new SessionColumns([ParcelKind.Instance]);

        var all = Live(random, columns, 5_000);

        Assert.Equal(all.Count, columns.Count("parcel"));
        Assert.All(all.Values, one => SessionAssert.Equal(one, columns.Find(one.Id)));
    }

    /// <summary>Adds, changes and removes sessions in batches; returns what is left.</summary>
    internal static Dictionary<SessionId, Session> Live(
        RandomParcels random, SessionColumns columns, int sessions)
    {
        var all = new Dictionary<SessionId, Session>();
        for (var written = 0; written < sessions * 2;)
        {
            var batch = random.Next(sessions / 4) + 1;
            var removed = Enumerable.Range(0, batch / 5)
                .Select(_ => random.Id(random.Next(sessions))).ToList();
            var changed = Enumerable.Range(0, batch)
                .Select(_ => random.Session(random.Next(sessions))).ToList();

            columns.Apply(changed, removed);

            removed.ForEach(id => all.Remove(id));
            changed.ForEach(one => all[one.Id] = one);
            written += batch;
        }

        return all;
    }
}
