namespace Sojourn.Sessions.Live;

/// <summary>A session with everything that belongs to it.</summary>
/// <param name="Session">The session, with its detail.</param>
/// <param name="Numbers">Numbers of its events, in order.</param>
/// <param name="Actions">Its accepted actions, in order of acceptance.</param>
public sealed record FoundSession(
    Session Session, IReadOnlyList<int> Numbers, IReadOnlyList<StaffAction> Actions);
