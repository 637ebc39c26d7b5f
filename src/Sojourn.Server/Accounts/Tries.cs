using System.Net;
using System.Net.Sockets;
using Sojourn.Events;

namespace Sojourn.Server.Accounts;

/// <summary>
/// Counts failed tries by account and by network, so that guessing stays slow. Nobody is locked
/// out for longer than a minute.
/// </summary>
internal sealed class Tries(TimeProvider clock)
{
    /// <summary>Failed tries of one account, or of one network, within a minute.</summary>
    public const int PerMinuteMax = 10;

    /// <summary>Accounts and networks remembered; those beyond share one count.</summary>
    public const int RememberedMax = 100_000;

    private const string Others = "";
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long FirstUs, int Count)> _counts = [];

    /// <summary>
    /// Takes a try of each before it is known whether it fails, so that many at once do not slip
    /// by.
    /// </summary>
    /// <returns>How long to wait when one had too many; null when the try is taken.</returns>
    public TimeSpan? Take(params ReadOnlySpan<string> keys)
    {
        lock (_lock)
        {
            var now = clock.NowUs();
            foreach (var key in keys)
            {
                var (first, count) = CountOf(key, now);
                if (count >= PerMinuteMax)
                    return Micros.ToLength(first + Micros.From(Window) - now);
            }

            foreach (var key in keys)
            {
                var (first, count) = CountOf(key, now);
                _counts[Known(key, now)] = (first, count + 1);
            }

            return null;
        }
    }

    /// <summary>Gives tries back that did not fail.</summary>
    public void GiveBack(params ReadOnlySpan<string> keys)
    {
        lock (_lock)
        {
            foreach (var key in keys)
            {
                if (_counts.TryGetValue(key, out var found) && found.Count > 0)
                    _counts[key] = (found.FirstUs, found.Count - 1);
            }
        }
    }

    /// <summary>The network of an address: whoever has one address of it may have many.</summary>
    public static string NetworkOf(IPAddress? address)
    {
        if (address is null)
            return "net:none";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        var kept = address.AddressFamily == AddressFamily.InterNetwork ? 3 : 8; // /24 and /64.
        return "net:" + Convert.ToHexStringLower(bytes.AsSpan(0, kept));
    }

    /// <summary>The count of an account, whether there is one of this e-mail or not.</summary>
    public static string AccountOf(string email) => "mail:" + SecretToken.HashOf(email);

    private (long FirstUs, int Count) CountOf(string key, long nowUs)
    {
        var found = _counts.GetValueOrDefault(Known(key, nowUs), (nowUs, 0));
        return nowUs - found.Item1 >= Micros.From(Window) ? (nowUs, 0) : found;
    }

    private string Known(string key, long nowUs)
    {
        if (_counts.ContainsKey(key) || _counts.Count < RememberedMax)
            return key;

        foreach (var (other, count) in _counts)
        {
            if (nowUs - count.FirstUs >= Micros.From(Window))
                _counts.Remove(other);
        }

        return _counts.Count < RememberedMax ? key : Others;
    }
}
