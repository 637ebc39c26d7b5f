using Sojourn.Events;

namespace Sojourn.Sessions;

/// <summary>Who is behind an id, and which events say so.</summary>
/// <param name="Person">
/// Whom the id stands for now: another id than was asked for when that was joined to it.
/// </param>
/// <param name="Identities">
/// The ids that are this person's, at most <see cref="IdentitiesMax"/>: the one that names the
/// person first, then in the order they joined.
/// </param>
/// <param name="Aliases">
/// The verified aliases among them in order, at most <see cref="IdentitiesMax"/>.
/// </param>
/// <param name="Sharing">
/// For a device that several people used: these people. Else empty.
/// </param>
public sealed record PersonRecord(
    Person Person,
    IReadOnlyList<PersonIdentity> Identities,
    IReadOnlyList<PersonAlias> Aliases,
    IReadOnlyList<Person> Sharing)
{
    /// <summary>Most identities and aliases that are told.</summary>
    public const int IdentitiesMax = 200;
}

/// <summary>What an id is the id of.</summary>
public enum IdentityForm
{
    /// <summary>A user.</summary>
    User,

    /// <summary>A device.</summary>
    Device,
}

/// <summary>One of a person's ids.</summary>
/// <param name="Form">What it is the id of.</param>
/// <param name="Id">The id.</param>
/// <param name="Joined">What made it this person's; null when it always was.</param>
public sealed record PersonIdentity(IdentityForm Form, string Id, IdentityProof? Joined);

/// <summary>An event that says who somebody is.</summary>
/// <param name="EventId">The event.</param>
/// <param name="Name">Its name.</param>
/// <param name="TimeUs">When it happened, microseconds UTC.</param>
/// <param name="Trust">How far it is believed.</param>
public sealed record IdentityProof(string EventId, string Name, long TimeUs, Trust Trust);

/// <summary>A verified event that makes two ids one person's.</summary>
/// <param name="UserId">The user it speaks of.</param>
/// <param name="PreviousId">The other id.</param>
/// <param name="Proof">The event.</param>
public sealed record PersonAlias(string UserId, string PreviousId, IdentityProof Proof);
