using System.Diagnostics;
using Sojourn.Server.Accounts;
using Sojourn.Server.Api;
using Xunit;

namespace Sojourn.Tests.Server.Accounts;

/// <summary>Passwords are kept as slow hashes, and checking tells nothing but yes or no.</summary>
public sealed class PasswordsTests : IDisposable
{
    private readonly Passwords _passwords = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _passwords.Dispose();

    [Fact]
    public async Task The_right_password_is_known_and_every_other_is_not()
    {
        var account = Of(_passwords.Hash("four quiet green lamps"));

        Assert.True(await _passwords.CheckAsync(account, "four quiet green lamps", Cancel));
        foreach (var wrong in new[] { "", "four quiet green lamp", "Four quiet green lamps" })
            Assert.False(await _passwords.CheckAsync(account, wrong, Cancel));
        Assert.False(await _passwords.CheckAsync(Of(null), "", Cancel));
        Assert.False(await _passwords.CheckAsync(null, "four quiet green lamps", Cancel));
    }

    [Fact]
    public async Task What_is_longer_than_any_password_is_never_right()
    {
        var longest = new string('x', Passwords.CharsMax);
        var account = Of(_passwords.Hash(longest));

        Assert.True(await _passwords.CheckAsync(account, longest, Cancel));
        Assert.False(await _passwords.CheckAsync(account, longest + "x", Cancel));
    }

    [Fact]
    public void One_password_has_many_hashes()
    {
        var hashes = Enumerable.Range(0, 3).Select(_ => _passwords.Hash("four quiet lamps"));

        Assert.Equal(3, hashes.Distinct().Count());
    }

    [Fact]
    [Trait("Threat", "C12")]
    public async Task Looking_for_nobody_takes_as_long_as_a_wrong_password()
    {
        var account = Of(_passwords.Hash("four quiet green lamps"));
        await MedianAsync(null); // What nobody's hash is compared with is made once.

        var somebody = await MedianAsync(account);
        var nobody = await MedianAsync(null);

        // Without the work it would take a thousandth.
        Assert.InRange(nobody / somebody, 0.25, 4);
    }

    private async Task<double> MedianAsync(Account? account)
    {
        var times = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await _passwords.CheckAsync(account, "wrong", Cancel);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return times.Order().ElementAt(2);
    }

    private static Account Of(string? hash) =>
        Account.New("ada@shop.example", Role.Admin, 0) with { PasswordHash = hash };
}
