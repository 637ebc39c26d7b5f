using Sojourn.Server.Outreach;

namespace Sojourn.Server.Api.Outreach;

/// <summary>The refusals of outreach.</summary>
internal static class OutreachProblems
{
    public static readonly Problem Unreadable = new(
        400, "outreach_unreadable", "The body is not what this address takes.",
        "Send JSON with the members of docs/guide/outreach.md and no others.");

    public static readonly Problem TemplateUnknown = new(
        404, "template_unknown", "There is no such template.",
        "Take an id from GET /v1/outreach/templates.");

    public static readonly Problem AddressInvalid = new(
        422, "address_invalid", "This is no address.", "Send one, e.g. amina@home.example.")
    { Field = "address" };

    public static readonly Problem AddressUnknown = new(
        404, "address_unknown", "This address is not on the list.",
        "Take a key from GET /v1/outreach/suppressed.");

    private static readonly Problem Stale = new(
        409, "outreach_stale", "Somebody else saved this first.",
        "Read it again, repeat your change and save with its version.");

    /// <summary>Somebody was first; the answer names the version there is.</summary>
    public static Problem StaleAt(int version) =>
        Stale with { More = json => json.WriteNumber("version"u8, version) };

    /// <summary>What is wrong with settings.</summary>
    public static Problem Of(OutreachFault fault) =>
        new(422, "outreach_invalid", fault.Message, fault.Hint)
        {
            Field = fault.Field.Length == 0 ? "settings" : "settings." + fault.Field,
        };

    /// <summary>What is wrong with a template.</summary>
    public static Problem Of(string? field, TemplateFault fault) =>
        new(422, "template_invalid", fault.Message, fault.Hint) { Field = field };
}
