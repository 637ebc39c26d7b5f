using Sojourn.Events.Rules;

namespace Sojourn.Kinds.Checkouts.Recovery;

/// <summary>What counts as recovered, and which customers go first.</summary>
public sealed record RecoverySet : IRuleSet
{
    /// <summary>What the set is called where rules are kept.</summary>
    public const string Name = "recovery";

    /// <summary>The set that ships.</summary>
    public static RecoverySet Default { get; } = new();

    /// <summary>Which orders are credited to staff.</summary>
    public CreditRule Credit { get; init; } = CreditRule.WithinDays;

    /// <summary>With <see cref="CreditRule.WithinDays"/>: how many, 1 to 90.</summary>
    public int Days { get; init; } = 7;

    /// <summary>
    /// True when the shop has no server side, so that an order a browser tells of counts.
    /// </summary>
    public bool AcceptClaimedOrders { get; init; }

    /// <summary>
    /// The country of phone numbers without a country code and of regions, e.g. <c>DZ</c>; null =
    /// the one of the project's currency.
    /// </summary>
    public string? Country { get; init; }

    /// <summary>
    /// What an order is usually worth, as decimal in the project's currency; null = about 50 US
    /// dollars.
    /// </summary>
    public decimal? UsualOrder { get; init; }

    /// <summary>Hours after which a customer is half as urgent, 1 to 720.</summary>
    public int HalfLifeHours { get; init; } = 6;

    /// <inheritdoc/>
    public RuleFault? Fault() =>
        Days is < 1 or > 90
            ? new(RuleFault.Invalid, "days", "The days are out of range.", "Use 1 to 90.")
        : HalfLifeHours is < 1 or > 720
            ? new(RuleFault.Invalid, "half_life_hours", "The hours are out of range.",
                "Use 1 to 720.")
        : UsualOrder is <= 0 or > 1_000_000_000m
            ? new(RuleFault.Invalid, "usual_order", "The amount is out of range.",
                "Use an amount above zero, or leave it out.")
        : Country is { } country && (country.Length != 2 || !country.All(char.IsAsciiLetterUpper))
            ? new(RuleFault.Invalid, "country", "This is no country.",
                "Use two capital letters such as DZ, or leave it out.")
        : null;
}

/// <summary>Which orders are credited to staff.</summary>
public enum CreditRule
{
    /// <summary>Any order within some days after a contact.</summary>
    WithinDays,

    /// <summary>Only an order after a click on a link we sent, or with a code we offered.</summary>
    LinkOrCode,

    /// <summary>Only what staff moved to recovered themselves.</summary>
    ByHand,
}
