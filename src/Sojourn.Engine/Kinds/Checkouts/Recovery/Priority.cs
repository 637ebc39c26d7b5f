using Sojourn.Events;
using Sojourn.Kinds.Checkouts.Customers;

namespace Sojourn.Kinds.Checkouts.Recovery;

/// <summary>
/// How urgent a customer is: value × recency × progress × reach. Kept as the binary logarithm,
/// in thousandths, so that waiting only subtracts: who goes first of two customers never changes
/// by waiting, and a level ends at an instant that is known beforehand.
/// </summary>
/// <param name="Value">Thousandths for the order's value against a usual order, ±3000.</param>
/// <param name="Progress">Thousandths for how far the form is filled, 0 to −2000.</param>
/// <param name="Reach">Thousandths for how they can be reached, 0 to −3000.</param>
/// <param name="HalfLifeUs">Microseconds after which half the urgency is gone.</param>
/// <param name="SeenUs">Their last sign of life, microseconds UTC.</param>
public sealed record Priority(
    int Value, int Progress, int Reach, long HalfLifeUs, long SeenUs)
{
    /// <summary>The levels, the greatest first.</summary>
    public static IReadOnlyList<string> Levels { get; } = ["urgent", "high", "medium", "low"];

    /// <summary>Thousandths of a doubling.</summary>
    private const int One = 1000;

    /// <summary>From then on it is no longer urgent, microseconds UTC.</summary>
    public long UrgentUntilUs => Until(-One);

    /// <summary>From then on it is no longer high.</summary>
    public long HighUntilUs => Until(-3 * One);

    /// <summary>From then on it is low.</summary>
    public long MediumUntilUs => Until(-6 * One);

    /// <summary>The level at an instant, by the instants at which levels end.</summary>
    public static string LevelAt(
        long nowUs, long? urgentUntilUs, long? highUntilUs, long? mediumUntilUs) =>
        nowUs < urgentUntilUs ? Levels[0]
        : nowUs < highUntilUs ? Levels[1]
        : nowUs < mediumUntilUs ? Levels[2]
        : Levels[3];

    /// <summary>The priority of a checkout.</summary>
    internal static Priority Of(Checkout checkout, RecoverySet rules, string currency)
    {
        var progress = checkout.Progress switch
        {
            >= 75 => 0,
            >= 50 => -One / 2,
            >= 25 => -One,
            _ => -2 * One,
        };
        var reach = checkout.Customer switch
        {
            { Number.Validity: PhoneValidity.Valid } => 0,
            { Number.Validity: PhoneValidity.Possible } => -One / 2,
            { Email: not null } => -One,
            _ => -3 * One,
        };
        return new Priority(
            ValueOf(checkout.Value, rules, currency), progress, reach,
            Micros.From(TimeSpan.FromHours(rules.HalfLifeHours)), checkout.LastSeenUs);
    }

    private static int ValueOf(Money? value, RecoverySet rules, string currency)
    {
        if (value is not { MinorUnits: > 0 } told)
            return -3 * One;

        var usual = told.Currency == currency && rules.UsualOrder is { } own
            ? Money.From(own, currency)
            : Money.From(UsualOrders.Of(told.Currency), told.Currency);
        if (usual is not { MinorUnits: > 0 } against)
            return 0;

        var doublings = Math.Log2((double)told.MinorUnits / against.MinorUnits);
        return (int)Math.Clamp(Math.Round(doublings * One), -3 * One, 3 * One);
    }

    private long Until(int least) => SeenUs
        + (long)((Int128)(Value + Progress + Reach - least) * HalfLifeUs / One);
}
