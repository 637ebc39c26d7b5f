namespace Sojourn.Server.Outreach;

/// <summary>Why a message waits, was stopped or failed. Source: docs/guide/outreach.md.</summary>
internal static class StopReasons
{
    public const string RuleOff = "rule_off";
    public const string SessionUnknown = "session_unknown";
    public const string Ordered = "ordered";
    public const string OrderUnconfirmed = "order_unconfirmed";
    public const string Lost = "lost";
    public const string Archived = "archived";
    public const string StaffTookOver = "staff_took_over";
    public const string CustomerIsBack = "customer_is_back";
    public const string AddressChanged = "address_changed";
    public const string Unverified = "unverified";
    public const string Holdout = "holdout";
    public const string QuietHours = "quiet_hours";
    public const string Suppressed = "suppressed";
    public const string PersonHadOne = "person_had_one";
    public const string ProjectFull = "project_full";
    public const string TemplateUnknown = "template_unknown";
    public const string ValueMissing = "value_missing";
    public const string TooLate = "too_late";
    public const string TryAgain = "try_again";
    public const string GaveUp = "gave_up";
    public const string Refused = "refused";

    /// <summary>All of them, as pages and the guide list them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Ordered, OrderUnconfirmed, Lost, Archived, StaffTookOver, CustomerIsBack, QuietHours,
        PersonHadOne, ProjectFull, Suppressed, Unverified, AddressChanged, Holdout, RuleOff,
        TemplateUnknown, ValueMissing, SessionUnknown, TooLate, TryAgain, GaveUp, Refused,
    ];
}
