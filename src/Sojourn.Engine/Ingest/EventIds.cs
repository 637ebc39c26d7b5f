namespace Sojourn.Ingest;

/// <summary>Which ids a sender may give its events.</summary>
public static class EventIds
{
    /// <summary>True for 1 to 128 printable ASCII characters that look like no path.</summary>
    public static bool IsUsable(string id) =>
        id.Length is > 0 and <= Limits.IdCharsMax
        && id.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0
        && !id.Contains("../", StringComparison.Ordinal)
        && !id.Contains("..\\", StringComparison.Ordinal)
        && !id.Contains("%00", StringComparison.Ordinal);
}
