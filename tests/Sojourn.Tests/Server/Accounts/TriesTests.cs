using System.Net;
using Sojourn.Server.Accounts;
using Xunit;

namespace Sojourn.Tests.Server.Accounts;

/// <summary>Failed tries are counted for accounts and networks, in bounded memory.</summary>
public sealed class TriesTests
{
    private readonly FakeClock _clock = new(Some.Start);
    private readonly Tries _tries;

    public TriesTests() => _tries = new Tries(_clock);

    [Fact]
    public void Ten_tries_are_taken_within_a_minute()
    {
        for (var i = 0; i < Tries.PerMinuteMax; i++)
            Assert.Null(_tries.Take("a"));
        _clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(TimeSpan.FromSeconds(40), _tries.Take("a"));
        Assert.Null(_tries.Take("b"));
        _clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Null(_tries.Take("a"));
    }

    [Fact]
    public void A_try_of_which_one_count_is_full_is_taken_from_none()
    {
        for (var i = 0; i < Tries.PerMinuteMax; i++)
            _tries.Take("full");

        for (var i = 0; i < 20; i++)
            Assert.NotNull(_tries.Take("other", "full"));

        Assert.Null(_tries.Take("other"));
    }

    [Fact]
    public void What_did_not_fail_is_given_back()
    {
        for (var i = 0; i < 50; i++)
        {
            Assert.Null(_tries.Take("a", "b"));
            _tries.GiveBack("a", "b");
        }
    }

    [Fact]
    public async Task Of_many_at_once_ten_are_taken()
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(_ => Task.Run(() => _tries.Take("a"))));

        Assert.Equal(Tries.PerMinuteMax, answers.Count(one => one is null));
    }

    [Fact]
    [Trait("Invariant", "I10")]
    [Trait("Threat", "C10")]
    public void Beyond_100_000_names_all_others_share_one_count_until_the_minute_is_over()
    {
        for (var i = 0; i < Tries.RememberedMax; i++)
            _tries.Take($"{i}");

        var taken = Enumerable.Range(0, 50).Count(i => _tries.Take($"more {i}") is null);
        _clock.Advance(TimeSpan.FromMinutes(1));
        var later = Enumerable.Range(0, 50).Count(i => _tries.Take($"later {i}") is null);

        Assert.Equal(Tries.PerMinuteMax, taken);
        Assert.Equal(50, later);
    }

    [Theory]
    [Trait("Threat", "C10")]
    [InlineData("203.0.113.7", "203.0.113.250", true)]
    [InlineData("203.0.113.7", "203.0.114.7", false)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.9", true)]
    [InlineData("2001:db8::1", "2001:db8::ffff:1", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    public void Neighbours_are_one_network(string one, string other, bool isSame)
    {
        Assert.Equal(
            isSame,
            Tries.NetworkOf(IPAddress.Parse(one)) == Tries.NetworkOf(IPAddress.Parse(other)));
    }
}
