namespace Sojourn.Sessions;

/// <summary>A session's own state that tells more than its fields.</summary>
public interface ISessionDetail
{
    /// <summary>
    /// What stands beside the fields where the session is written as JSON, in the objects their
    /// <see cref="Field.Under"/> names: evidence, parts, alternatives.
    /// </summary>
    IEnumerable<DetailMember> More { get; }
}

/// <summary>One member of such an object.</summary>
/// <param name="Under">The object; null = the lens's own.</param>
/// <param name="Name">The member's name.</param>
/// <param name="Value">Its value, or null.</param>
public sealed record DetailMember(string? Under, string Name, object? Value);
