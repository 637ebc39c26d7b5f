using Sojourn.Sessions;

namespace Sojourn.Storage.Columns;

/// <summary>
/// The order in which lists show sessions whose sort values are equal: by the key's fingerprint,
/// then by the part, both as unsigned numbers. The letter takes no part: a list has one kind.
/// </summary>
public sealed class SessionIdOrder : IComparer<SessionId>
{
    /// <summary>The one instance.</summary>
    public static readonly SessionIdOrder Ascending = new();

    private SessionIdOrder()
    {
    }

    /// <inheritdoc/>
    public int Compare(SessionId x, SessionId y) =>
        x.Key != y.Key ? x.Key.CompareTo(y.Key) : x.Part.CompareTo(y.Part);
}
