using Sojourn.Sessions;

namespace Sojourn.Server.Api;

/// <summary>A person as their sessions tell.</summary>
public sealed record PersonFound
{
    /// <summary>The id people see: another than asked for when that was joined to it.</summary>
    public required string Id { get; init; }

    /// <summary>What events say of the id; null when it was only ever claimed.</summary>
    public PersonRecord? Record { get; init; }

    /// <summary>The last sessions of each list, the last seen first.</summary>
    public IReadOnlyList<PersonSession> Latest { get; init; } = [];

    /// <summary>When the first session began, microseconds UTC; null without a session.</summary>
    public long? FirstSeenUs { get; init; }

    /// <summary>The last event of all, microseconds UTC; null without a session.</summary>
    public long? LastSeenUs => Latest.Count == 0 ? null : Latest[0].Session.LastEventUs;

    /// <summary>The last name told, or null.</summary>
    public string? Name =>
        Told(one => one.Session.Name) ?? Told(one => one.Value("customer") as string);

    /// <summary>The last e-mail told, or null.</summary>
    public string? Email => Told(one => one.Session.Email);

    /// <summary>The last phone number told, or null.</summary>
    public string? Phone => Told(one => one.Value("phone") as string);

    /// <summary>The last address told, or null.</summary>
    public string? Address => Told(one => one.Value("address") as string);

    private string? Told(Func<PersonSession, string?> what) =>
        Latest.Select(what).FirstOrDefault(one => !string.IsNullOrEmpty(one));
}
