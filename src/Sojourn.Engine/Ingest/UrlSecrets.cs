using System.Text;

namespace Sojourn.Ingest;

/// <summary>
/// Cuts secrets out of addresses before they are stored: user and password, the values of
/// parameters that carry keys, and card numbers. The list is documented in docs/guide/security.md.
/// </summary>
internal static class UrlSecrets
{
    private static readonly byte[][] _secretNames =
    [
        .. new[]
        {
            "token", "access_token", "id_token", "refresh_token", "auth_token", "csrf_token",
            "auth", "authorization", "password", "passwd", "pwd", "secret", "client_secret",
            "api_key", "apikey", "api-key", "access_key", "private_key", "jwt", "otp",
            "sig", "signature", "session", "sessionid", "session_id", "sid", "jsessionid",
            "phpsessid", "reset_token", "invite_token", "magic", "x-amz-signature",
            "x-amz-credential", "x-amz-security-token", "x-goog-signature",
        }.Select(Encoding.ASCII.GetBytes),
    ];

    /// <summary>True when a text begins like an address and has parts that may be secret.</summary>
    public static bool MayHold(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && text[0] is (byte)'h' or (byte)'H' or (byte)'/' or (byte)'?'
        && text.IndexOfAny("?#@;"u8) >= 0;

    /// <summary>Cuts the secrets out.</summary>
    /// <returns>The address without them, or null when it holds none.</returns>
    public static byte[]? Cut(ReadOnlySpan<byte> url)
    {
        if (!MayHold(url))
            return null;

        List<(int Start, int End, bool Starred)>? cuts = null;
        var user = UserInfo(url);
        if (user.End > 0)
            (cuts ??= []).Add((user.Start, user.End, false));

        var at = url[user.End..].IndexOfAny("?#;"u8);
        at = at < 0 ? at : at + user.End;
        while (at >= 0)
        {
            var start = at + 1;
            var length = url[start..].IndexOfAny("&?#;"u8);
            var end = length < 0 ? url.Length : start + length;
            var equals = url[start..end].IndexOf((byte)'=');
            var value = start + equals + 1;
            if (equals >= 0 && IsSecret(url[start..(value - 1)], url[value..end]))
                (cuts ??= []).Add((value, end, true));

            at = length < 0 ? -1 : end;
        }

        return cuts is null ? null : Without(url, cuts);
    }

    // Zero ends when there is none.
    private static (int Start, int End) UserInfo(ReadOnlySpan<byte> url)
    {
        var scheme = url.IndexOf("//"u8);
        if (scheme is < 0 or > 8)
            return default;

        var start = scheme + 2;
        var length = url[start..].IndexOfAny("/?#"u8);
        var authority = length < 0 ? url[start..] : url.Slice(start, length);
        var at = authority.LastIndexOf((byte)'@');
        return at < 0 ? default : (start, start + at + 1);
    }

    private static bool IsSecret(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
            return false;

        foreach (var secret in _secretNames)
        {
            if (secret.Length == name.Length && Ascii.EqualsIgnoreCase(secret, name))
                return true;
        }

        return Masking.IsCardNumber(value);
    }

    private static byte[] Without(
        ReadOnlySpan<byte> url, List<(int Start, int End, bool Starred)> cuts)
    {
        var rest = new List<byte>(url.Length);
        var from = 0;
        foreach (var (start, end, starred) in cuts)
        {
            rest.AddRange(url[from..start]);
            if (starred)
                rest.AddRange("***"u8);

            from = end;
        }

        rest.AddRange(url[from..]);
        return [.. rest];
    }
}
