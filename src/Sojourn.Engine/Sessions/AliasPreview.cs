namespace Sojourn.Sessions;

/// <summary>What an alias would do to the visits of the people it joins.</summary>
/// <param name="Before">Visits that count, in lists as they are.</param>
/// <param name="After">The same once the alias is believed.</param>
/// <param name="Joined">
/// Visits that would become one, in order: the first <see cref="JoinedMax"/>.
/// </param>
/// <param name="JoinedTotal">How many such there are.</param>
public sealed record AliasPreview(
    int Before, int After, IReadOnlyList<JoinedSessions> Joined, int JoinedTotal)
{
    /// <summary>Most joined visits that are told.</summary>
    public const int JoinedMax = 20;
}

/// <summary>Sessions that would become one.</summary>
/// <param name="Sessions">The sessions as they are, the first begun first.</param>
public sealed record JoinedSessions(IReadOnlyList<Session> Sessions);
