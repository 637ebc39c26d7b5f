using Sojourn.Kinds.Reservations;
using Sojourn.Queries;
using Sojourn.Server.Pages.Lists;

namespace Sojourn.Server.Pages.Lenses.Reservations;

/// <summary>How the list of carts that hold stock looks.</summary>
internal static class ReservationsPage
{
    /// <summary>The page.</summary>
    public static LensPage Page { get; } = new()
    {
        Lens = ReservationLens.Reservations,
        Title = "Reservations",
        ShortTitle = "Reservations",
        Icon = "cart",
        Keys = "g r",
        SearchHint = "Search by cart token or IP",
        Needs = "Reservations come from a shop that tells when a cart holds stock.",
        Order = "-started",
        TableClass = "reservations",
        Cell = typeof(ReservationsCell),
        Overview = typeof(ReservationsOverview),
        Telling = new("Reservation", "Reservations", typeof(ReservationTelling)),
        NameOf = row => row.Get<string>(ReservationKind.Token),
        Columns =
        [
            new("session", "Session", "c-session") { Always = true },
            new("cart", "Cart", "c-cart") { Sort = "-value" },
            new("status", "Status", "c-state"),
            new("renewals", "Renewals", "c-renewals") { Number = true },
            new("updates", "Cart updates", "c-renewals") { Number = true, Shown = false },
            new("ip", "IP", "c-ip") { Shown = false },
            new("duration", "Duration", "c-duration")
            { Sort = "-duration", Number = true, Shown = false },
            new("started", "Started", "c-started") { Sort = "-started" },
            new("view", "View", "c-view") { Untitled = true },
        ],
        Filters =
        [
            new ValueFilter(CommonFields.Status, "Status") { OfStatuses = true },
            new ValueFilter(CommonFields.Country, "Country") { OfCountries = true },
            new RangeFilter("value", "Value", "Whole cart"),
            new RangeFilter("items", "Items", "Pieces in the cart"),
            new PeriodFilter("Started"),
        ],
        Statuses =
        [
            new(ReservationStatus.Active, "Active",
                "The timer runs and the stock is held.", "s-active"),
            new(ReservationStatus.Converted, "Converted",
                "The cart was bought. Nothing to do.", "s-converted"),
            new(ReservationStatus.Expired, "Expired",
                "The timer ran out and the stock is free again.", "s-expired"),
            new(ReservationStatus.Cancelled, "Cancelled",
                "The system or a check called it off.", "s-cancelled"),
        ],
    };
}
