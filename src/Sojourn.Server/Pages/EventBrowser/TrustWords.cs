using Sojourn.Events;

namespace Sojourn.Server.Pages.EventBrowser;

/// <summary>How far senders are believed, in words.</summary>
internal static class TrustWords
{
    /// <summary>All of them: one word, and what it means.</summary>
    public static IReadOnlyDictionary<Trust, (string Word, string Meaning)> All { get; } =
        new Dictionary<Trust, (string Word, string Meaning)>
        {
            [Trust.Claimed] = ("Claimed", "Claimed by a browser"),
            [Trust.Verified] = ("Verified", "Verified by a key"),
            [Trust.Staff] = ("Staff", "Done by a member of staff"),
        };
}
