using Sojourn.Queries;

namespace Sojourn.Kinds.Reservations;

/// <summary>The list of carts that hold or held stock.</summary>
public static class ReservationLens
{
    private static readonly ReservationKind Kind = new();

    /// <summary>The list.</summary>
    public static Lens Reservations { get; } = new()
    {
        Name = "reservations",
        Singular = "reservation",
        Kind = Kind,
        Fields = Kind.Fields,
        Statuses =
        [
            ReservationStatus.Active, ReservationStatus.Converted, ReservationStatus.Expired,
            ReservationStatus.Cancelled,
        ],
    };
}
