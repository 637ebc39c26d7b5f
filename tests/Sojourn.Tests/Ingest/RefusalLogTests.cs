using System.Text;
using Sojourn.Ingest;
using Xunit;

namespace Sojourn.Tests.Ingest;

public sealed class RefusalLogTests
{
    private static readonly Sending FromBrowser = new(Sending.Browser, 200);
    private static readonly Sending FromServer = new(Sending.Server, 422);

    private readonly FakeClock _clock = new(Some.Start);
    private readonly RefusalLog _log;

    public RefusalLogTests() => _log = new RefusalLog(_clock);

    [Fact]
    public void Refusals_are_counted_by_code_and_project_from_the_first_on()
    {
        _log.Add("p", [Of(1, RefusalCodes.BadId), Of(2, RefusalCodes.BadId)], FromBrowser);
        _clock.Advance(TimeSpan.FromMinutes(1));
        _log.Add("p", [Of(1, RefusalCodes.BadText), Of(2, RefusalCodes.BadId)], FromBrowser);
        _log.Add("q", [Of(1, RefusalCodes.BadText)], FromBrowser);

        Assert.Equal(
            [new("bad_id", 3, Some.Us(0)), new("bad_text", 1, Some.Us(1))],
            _log.CountsOf("p"));
        Assert.Equal((4, 1, 0), (_log.TotalOf("p"), _log.TotalOf("q"), _log.TotalOf("other")));
        Assert.Equal([Some.Us(1)], All("q").Select(logged => logged.AtUs));
        Assert.Empty(All("other"));
        Assert.Empty(_log.CountsOf("other"));
    }

    [Fact]
    public void Only_the_last_thousand_are_kept_and_the_newest_comes_first()
    {
        for (var i = 0; i < 1_200; i++) _log.Add("p", [Of(i, RefusalCodes.BadId)], FromBrowser);

        Assert.Equal(
            Enumerable.Range(200, 1_000).Reverse(),
            All("p").Select(logged => logged.Refusal.Index));
        Assert.Equal(1_200, Assert.Single(_log.CountsOf("p")).Count);
    }

    [Fact]
    public void A_refused_body_is_kept_cut_and_masked()
    {
        var body = Encoding.UTF8.GetBytes(new string('x', 3_000) + "ada@example.com");
        _log.Add("p", new BodyRefusal(RefusalCodes.JsonInvalid, 7), body, FromServer);
        _log.Add(
            "p", new BodyRefusal(RefusalCodes.JsonInvalid, 0), "[ada@example.com"u8.ToArray(),
            FromServer);

        var kept = All("p").Select(logged => logged.Refusal).ToArray();
        Assert.Equal(Limits.RefusedCharsMax, kept[1].BodyStart.Length);
        Assert.Equal((true, 7L), (kept[1].IsWholeBody, kept[1].Offset));
        Assert.DoesNotContain("ada", kept[0].BodyStart, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"time":"2026-11-21T09:51:57Z"}""", """{"time":"2026-11-21T09:51:57Z"}""")]
    [InlineData("""{"day":"2026-11-21"}""", """{"day":"2026-11-21"}""")]
    [InlineData("""{"phone":"+213 555-12-34-56"}""", """{"phone":"***"}""")]
    [InlineData("""{"n":"2026-11-21-555-123-4567"}""", """{"n":"2026-***"}""")]
    [InlineData("""{"card":4111111111111111}""", """{"card":***}""")]
    public void Days_are_readable_and_long_numbers_are_not(string body, string kept)
    {
        _log.Add(
            "p", new BodyRefusal(RefusalCodes.JsonInvalid), Encoding.UTF8.GetBytes(body),
            FromServer);

        Assert.Equal(kept, Assert.Single(All("p")).Refusal.BodyStart);
    }

    [Fact]
    public void A_count_of_a_filter_leaves_that_filter_out_and_obeys_the_others()
    {
        _log.Add("p", [Of(1, RefusalCodes.BadId), Of(2, RefusalCodes.BadText)], FromBrowser);
        _log.Add("p", [Of(3, RefusalCodes.BadText)], FromServer);

        var page = _log.Find("p", new RefusalQuery
        {
            Codes = ["bad_text"],
            Sources = [Sending.Browser],
        });

        Assert.Equal([2], page.Items.Select(one => one.Refusal.Index));
        Assert.Equal((1, 3), (page.Total, page.Kept));
        Assert.Equal([("bad_id", 1), ("bad_text", 1)], Pairs(page.Codes));
        Assert.Equal([(Sending.Browser, 1), (Sending.Server, 1)], Pairs(page.Sources));
    }

    [Theory]
    [InlineData("PAGE", 1)]
    [InlineData("e-77", 1)]
    [InlineData("text_TOO", 2)]
    [InlineData("properties.note", 2)]
    [InlineData("absent", 0)]
    public void Text_is_found_in_name_id_code_and_field(string text, int found)
    {
        var refusal = new Refusal(0, null, RefusalCodes.TextTooLong, "properties.note", "");
        _log.Add(
            "p",
            [
                refusal with { Name = "page_view" },
                refusal with { Id = "E-77" },
                Of(2, RefusalCodes.BadId),
            ],
            FromBrowser);

        Assert.Equal(found, _log.Find("p", new RefusalQuery { Text = text }).Total);
    }

    [Fact]
    public void No_two_refusals_have_one_id_not_even_after_a_restart()
    {
        _log.Add("p", [Of(1, RefusalCodes.BadId), Of(2, RefusalCodes.BadId)], FromBrowser);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var later = new RefusalLog(_clock);
        later.Add("p", [Of(1, RefusalCodes.BadId)], FromBrowser);

        var ids = All("p").Select(one => one.Id).ToList();
        var after = later.Find("p", new RefusalQuery()).Items[0].Id;
        Assert.Equal(3, ids.Append(after).Distinct().Count());
        Assert.Equal(2, _log.Find("p", ids[0])?.Refusal.Index);
        Assert.Null(_log.Find("p", after));
        Assert.Null(_log.Find("q", ids[0]));
    }

    [Fact]
    public async Task Who_waits_for_news_is_told_of_the_next_refusal()
    {
        var waiting = _log.NewsAfter("p", 0);
        _log.Add("q", [Of(1, RefusalCodes.BadId)], FromBrowser);
        Assert.False(waiting.IsCompleted);

        _log.Add("p", [Of(1, RefusalCodes.BadId)], FromBrowser);

        await waiting.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.True(_log.NewsAfter("p", 0).IsCompleted);
        Assert.False(_log.NewsAfter("p", 1).IsCompleted);
    }

    private IReadOnlyList<LoggedRefusal> All(string project) =>
        _log.Find(project, new RefusalQuery { Limit = Limits.RefusalsKept }).Items;

    private static IEnumerable<(string, int)> Pairs(
        IEnumerable<KeyValuePair<string, int>> counts) =>
        counts.Select(one => (one.Key, one.Value));

    private static Refusal Of(int index, RefusalCode reason) =>
        new(index, null, reason, null, "");
}
