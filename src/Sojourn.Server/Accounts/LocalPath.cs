namespace Sojourn.Server.Accounts;

/// <summary>Where to go on after signing in: a place on this server, whatever was asked.</summary>
internal static class LocalPath
{
    private const int CharsMax = 2_000;
    private const int LayersMax = 4;
    private const string Home = "/";

    /// <summary>Path and question, ready for a header; home when it leads elsewhere.</summary>
    public static string Of(string? text)
    {
        if (text is null or { Length: > CharsMax } || text.Any(char.IsControl)
            || !IsLocal(text.Split('?', '#')[0])
            || !Uri.TryCreate("http://local" + text, UriKind.Absolute, out var uri))
        {
            return Home;
        }

        // Dots are resolved by now, which may have made two slashes of "/.//".
        return uri.Host == "local" && IsLocal(uri.AbsolutePath) ? uri.PathAndQuery : Home;
    }

    // Browsers take "//host" and "/\host" for other servers; proxies may decode before them.
    private static bool IsLocal(string path)
    {
        for (var layer = 0; layer < LayersMax; layer++)
        {
            if (!path.StartsWith('/') || path.StartsWith("//", StringComparison.Ordinal)
                || path.Contains('\\', StringComparison.Ordinal) || path.Any(char.IsControl))
            {
                return false;
            }

            var decoded = Uri.UnescapeDataString(path);
            if (decoded == path)
                return true;
            path = decoded;
        }

        return false;
    }
}
