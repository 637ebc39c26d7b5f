using Sojourn.Sessions.Live;

namespace Sojourn.Server.Api;

/// <summary>Why two people are not merged, or not parted.</summary>
internal static class MergeProblems
{
    public static readonly Problem Invalid = new(
        400, "merge_invalid", "The body does not say with whom.",
        "Send {\"with\":\"ID or e-mail\"}, or {\"alias_id\":\"ID\"} to undo.");

    public static readonly Problem Same = new(
        422, "merge_same_person", "Both ids are the same.", "Name the other person.")
    { Field = "with" };

    public static readonly Problem Already = new(
        409, "merge_done_already", "The two are one person already.",
        "See their aliases in GET /v1/people/{id}.");

    public static readonly Problem NeedsUser = new(
        422, "merge_needs_user", "Neither of the two is a known user.",
        "Name a user who signed in; two devices alone are nobody.");

    public static readonly Problem OnlyClaimed = new(
        422, "merge_only_claimed",
        "Only a browser says who this is; no event that is believed does.",
        "Send an identify or alias with the secret key first.");

    public static readonly Problem Shared = new(
        422, "merge_device_shared", "Several people used this device.",
        "Name one of them; a shared device belongs to nobody.");

    public static readonly Problem ManyHaveMail = new(
        422, "merge_mail_ambiguous", "Several people have this e-mail.", "Name the id of one.")
    { Field = "with" };

    public static readonly Problem TooLarge = new(
        422, "merge_too_large",
        $"The two have more than {AliasTrial.EventsMax} events: too many to preview.",
        "Merge without a preview; undo takes it back.");

    public static readonly Problem AliasUnknown = new(
        404, "alias_unknown", "This person has no such alias.",
        "Take its id from the aliases in GET /v1/people/{id}.");

    public static readonly Problem AliasOfProgram = new(
        422, "alias_not_by_staff", "A program sent this alias; only staff's own can be undone.",
        "Correct the program that sends it.");

    public static readonly Problem AliasUndone = new(
        409, "alias_undone_already", "This alias was undone before.",
        "Merge again if it was right.");
}
