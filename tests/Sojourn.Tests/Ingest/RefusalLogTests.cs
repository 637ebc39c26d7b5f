using System.Text;
using Sojourn.Ingest;
using Xunit;

namespace Sojourn.Tests.Ingest;

public sealed class RefusalLogTests
{
    private readonly RefusalLog _log = new();

    [Fact]
    public void Refusals_are_counted_by_code_and_project()
    {
        _log.Add("p", [Of(1, RefusalCodes.BadId), Of(2, RefusalCodes.BadId)], 1);
        _log.Add("p", [Of(1, RefusalCodes.BadText)], 2);
        _log.Add("q", [Of(1, RefusalCodes.BadText)], 3);

        Assert.Equal(
            [("bad_id", 2L), ("bad_text", 1L)],
            _log.CountsOf("p").Select(pair => (pair.Key, pair.Value)));
        Assert.Equal([3L], _log.LastOf("q").Select(logged => logged.AtUs));
        Assert.Empty(_log.LastOf("other"));
        Assert.Empty(_log.CountsOf("other"));
    }

    [Fact]
    public void Only_the_last_thousand_are_kept_and_the_newest_comes_first()
    {
        for (var i = 0; i < 1_200; i++) _log.Add("p", [Of(i, RefusalCodes.BadId)], i);

        Assert.Equal(
            Enumerable.Range(200, 1_000).Reverse(),
            _log.LastOf("p").Select(logged => logged.Refusal.Index));
        Assert.Equal([1_199, 1_198], _log.LastOf("p", 2).Select(logged => (int)logged.AtUs));
        Assert.Equal(1_200, _log.CountsOf("p")["bad_id"]);
    }

    [Fact]
    public void A_refused_body_is_kept_cut_and_masked()
    {
        var body = Encoding.UTF8.GetBytes(new string('x', 3_000) + "ada@example.com");
        _log.Add("p", new BodyRefusal(RefusalCodes.JsonInvalid, 0), body, 1);
        _log.Add(
            "p", new BodyRefusal(RefusalCodes.JsonInvalid, 0), "[ada@example.com"u8.ToArray(), 2);

        var starts = _log.LastOf("p").Select(logged => logged.Refusal.BodyStart).ToArray();
        Assert.Equal(Limits.RefusedCharsMax, starts[1].Length);
        Assert.DoesNotContain("ada", starts[0], StringComparison.Ordinal);
    }

    private static Refusal Of(int index, RefusalCode reason) =>
        new(index, null, reason, null, "");
}
