namespace Sojourn.Kinds.Checkouts;

/// <summary>The seven statuses of a checkout, and the moves staff may make between them.</summary>
public static class CheckoutStatus
{
    /// <summary>The customer is on the form.</summary>
    public const string Live = "live";

    /// <summary>The customer left before ordering.</summary>
    public const string Abandoned = "abandoned";

    /// <summary>Staff reached out.</summary>
    public const string Contacted = "contacted";

    /// <summary>The customer is talking with staff.</summary>
    public const string Negotiating = "negotiating";

    /// <summary>The customer ordered, or agreed to, after contact.</summary>
    public const string Recovered = "recovered";

    /// <summary>The customer said no.</summary>
    public const string Lost = "lost";

    /// <summary>The customer ordered without contact.</summary>
    public const string Converted = "converted";

    private static readonly HashSet<(string From, string To)> StaffMoves =
    [
        (Abandoned, Contacted), (Abandoned, Lost),
        (Contacted, Negotiating), (Contacted, Lost), (Contacted, Abandoned),
        (Negotiating, Recovered), (Negotiating, Lost), (Negotiating, Contacted),
        (Lost, Contacted),
    ];

    /// <summary>True when staff may move a checkout so. Source: docs/guide/sessions.md.</summary>
    public static bool StaffMayMove(string from, string? to) =>
        to is not null && StaffMoves.Contains((from, to));
}
