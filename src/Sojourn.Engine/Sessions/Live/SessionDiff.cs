namespace Sojourn.Sessions.Live;

/// <summary>What some events or an action changed.</summary>
/// <param name="Changed">Sessions that are new or may be different, each once.</param>
/// <param name="Removed">Sessions that are no more: others hold their events.</param>
public sealed record SessionDiff(
    IReadOnlyList<Session> Changed, IReadOnlyList<SessionId> Removed);
