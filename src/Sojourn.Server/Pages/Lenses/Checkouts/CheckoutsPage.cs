using Sojourn.Kinds.Checkouts;
using Sojourn.Queries;
using Sojourn.Server.Pages.Lenses.Checkouts.Rules;
using Sojourn.Server.Pages.Lists;
using Sojourn.Server.Pages.Pipeline;
using Sojourn.Server.Pages.Revenue;

namespace Sojourn.Server.Pages.Lenses.Checkouts;

/// <summary>How the list of order forms looks.</summary>
internal static class CheckoutsPage
{
    private static readonly NextStep Contact =
        new(CheckoutStatus.Contacted, "Mark as contacted");

    private static readonly NextStep Lose = new(CheckoutStatus.Lost, "Mark as lost");

    /// <summary>The page.</summary>
    public static LensPage Page { get; } = new()
    {
        Lens = CheckoutLens.Checkouts,
        Title = "Checkouts",
        ShortTitle = "Checkouts",
        Icon = "form",
        Keys = "g c",
        SearchHint = "Search by name, phone or address",
        Needs = "Checkouts come from the tracker on an order form, or from a server.",
        Order = "-last_event",
        TableClass = "checkouts",
        Cell = typeof(CheckoutsCell),
        Overview = typeof(CheckoutsOverview),
        OtherViews = [BoardAddress.View, new(RevenuePages.Path, "Revenue", "score")],
        RuleForms = [ReasonForm.Form, RecoveryForm.Form],
        PanelHead = typeof(CheckoutHead),
        Tabs =
        [
            PanelTab.Overview,
            new("customer", "Customer Info", typeof(CheckoutCustomerPart)),
            new("product", "Product Details", typeof(CheckoutProductPart)),
            PanelTab.Timeline,
        ],
        Telling = new("Checkout", "Checkouts", typeof(CheckoutTelling))
        {
            Bought = [CheckoutStatus.Converted, CheckoutStatus.Recovered],
        },
        NameOf = row => row.Get<string>(CheckoutFields.Customer) ?? row.Session.Name,
        StepsFrom = StepsFrom,
        Columns =
        [
            new("status", "Status", "c-status"),
            new("customer", "Customer", "c-customer") { Always = true },
            new("product", "Product", "c-product"),
            new("value", "Value", "c-value") { Sort = "-value", Number = true },
            new("progress", "Progress", "c-progress") { Sort = "-progress" },
            new("device", "Device", "c-device") { Untitled = true },
            new("reason", "Reason", "c-reason"),
            new("phone", "Phone", "c-phone") { Shown = false },
            new("source", "Source", "c-source") { Shown = false },
            new("events", "Events", "c-events") { Sort = "-events", Number = true, Shown = false },
            new("duration", "Duration", "c-duration")
            { Sort = "-duration", Number = true, Shown = false },
            new("assignee", "Assignee", "c-assignee") { Shown = false },
            new("last", "Last", "c-when") { Sort = "-last_event", Number = true },
        ],
        Filters =
        [
            new ValueFilter(CommonFields.Status, "Status") { OfStatuses = true },
            new ValueFilter(CommonFields.Device, "Device")
            { Words = Devices.Words, Icons = Devices.Icons },
            new ValueFilter(CheckoutFields.ProgressRange, "Progress")
            { Words = ReasonWords.Ranges },
            new ValueFilter(CheckoutFields.Reason, "Reason") { Words = ReasonWords.All },
            new RangeFilter("value", "Value", "Whole order"),
            new PeriodFilter("Started"),
            new ValueFilter(CheckoutFields.Assignee, "Assignee"),
        ],
        Statuses =
        [
            new(CheckoutStatus.Live, "Live",
                "On the form right now. Watch, they may finish alone.", ""),
            new(CheckoutStatus.Abandoned, "Abandoned",
                "Left before ordering. Next: contact them.", "s-abandoned"),
            new(CheckoutStatus.Contacted, "Contacted",
                "You have reached out. Next: follow up, move on if they answer.", "s-contacted"),
            new(CheckoutStatus.Negotiating, "Negotiating",
                "Talking, perhaps about a discount. Next: close, or send a code.",
                "s-negotiating"),
            new(CheckoutStatus.Recovered, "Recovered",
                "Ordered after your contact. Next: check the order is placed.", "s-recovered"),
            new(CheckoutStatus.Lost, "Lost",
                "Said no. Next: archive, or retry in a later campaign.", "s-lost"),
            new(CheckoutStatus.Converted, "Converted",
                "Ordered without your help. Nothing to do.", "s-converted"),
        ],
    };

    private static IReadOnlyList<NextStep> StepsFrom(string status) => status switch
    {
        CheckoutStatus.Abandoned => [Contact, Lose],
        CheckoutStatus.Contacted =>
            [new(CheckoutStatus.Negotiating, "Mark as negotiating"), Lose],
        CheckoutStatus.Negotiating =>
            [new(CheckoutStatus.Recovered, "Mark as recovered"), Lose],
        CheckoutStatus.Lost => [new(CheckoutStatus.Contacted, "Contact again")],
        _ => [],
    };
}
