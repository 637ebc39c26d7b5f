using System.Net.Mail;

namespace Sojourn.Server.Outreach;

/// <summary>Addresses as they may be written to: one, and nothing but an address.</summary>
internal static class MailAddresses
{
    // Source: RFC 5321, 4.5.3.1: a path with its two brackets has 256.
    private const int CharsMax = 254;
    private const int LocalCharsMax = 64;

    /// <summary>
    /// The address in lower case, or null when the text is anything else: several, one with a
    /// name, a line break, letters that mail servers do not all take.
    /// </summary>
    public static string? Read(string? text)
    {
        var plain = text?.Trim();
        if (plain is null || plain.Length is 0 or > CharsMax || !plain.All(IsPlain))
            return null;

        var at = plain.IndexOf('@', StringComparison.Ordinal);
        return at is > 0 and <= LocalCharsMax && at == plain.LastIndexOf('@')
            && Uri.CheckHostName(plain[(at + 1)..]) == UriHostNameType.Dns
            && plain.IndexOf('.', at) > 0 && plain[^1] != '.'
            && MailAddress.TryCreate(plain, out var address) && address.Address == plain
                ? plain.ToLowerInvariant()
                : null;
    }

    /// <summary>Enough of an address for people to tell it: <c>a•••@shop.example</c>.</summary>
    public static string Masked(string address)
    {
        var at = address.IndexOf('@', StringComparison.Ordinal);
        return at <= 0 ? "•••" : $"{address[0]}•••{address[at..]}";
    }

    // What an address consists of without quotes. Source: RFC 5322, 3.2.3.
    private static bool IsPlain(char c) =>
        char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~.@".Contains(c);
}
