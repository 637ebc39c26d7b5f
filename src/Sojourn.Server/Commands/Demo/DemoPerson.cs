namespace Sojourn.Server.Commands.Demo;

/// <summary>Someone who does not exist.</summary>
internal sealed record DemoPerson
{
    /// <summary>The browser's id.</summary>
    public required string Device { get; init; }

    /// <summary>The customer's id at the shop, or null when they have no account.</summary>
    public string? User { get; init; }

    /// <summary>Full name as they write it, in Latin or Arabic script.</summary>
    public required string Name { get; init; }

    /// <summary>At a domain that takes no mail. Source: RFC 2606.</summary>
    public required string Email { get; init; }

    /// <summary>As they type it; of a range kept for fiction where the country has one.</summary>
    public required string Phone { get; init; }

    /// <summary>Where they live.</summary>
    public required DemoPlace Place { get; init; }

    /// <summary>Street and number.</summary>
    public required string Street { get; init; }

    /// <summary>Their browser.</summary>
    public required string UserAgent { get; init; }

    /// <summary>Their address on the net; of a range that is never routed.</summary>
    public required string Ip { get; init; }

    /// <summary>Language tag. Source: BCP 47.</summary>
    public required string Locale { get; init; }
}

/// <summary>Where somebody lives.</summary>
/// <param name="City">The town.</param>
/// <param name="Wilaya">The wilaya in Algeria, with its number; elsewhere the region.</param>
/// <param name="Country">Two letters. Source: ISO 3166-1.</param>
internal sealed record DemoPlace(string City, string Wilaya, string Country);
