using System.Diagnostics;
using Sojourn.Server.Api;

namespace Sojourn.Server.Accounts;

/// <summary>Refused changes of accounts, as they are answered.</summary>
internal static class StaffProblems
{
    private static readonly Problem Exists = new(
        409, "account_exists", "There is an account of this e-mail already.",
        "For a new password: sojourn user reset EMAIL.");

    private static readonly Problem Unknown = new(
        404, "account_unknown", "There is no such account.",
        "Add it with: sojourn user add EMAIL --role agent.");

    private static readonly Problem LastAdmin = new(
        409, "last_admin", "Without this admin, nobody could change anything any more.",
        "Make another account an admin first.");

    private static readonly Problem NoAdmin = new(
        409, "first_is_admin", "The first account must be an admin.", "Use --role admin.");

    private static readonly Problem TooMany = new(
        409, "too_many_accounts", $"There are {Staff.AccountsMax} accounts, which is the most.",
        "Remove one that is not used.");

    public static readonly Problem EmailInvalid = new(
        400, "email_invalid", "This is no e-mail address.", "Write e.g. ada@shop.example.");

    public static Problem Of(StaffRefusal refusal) => refusal switch
    {
        StaffRefusal.EmailTaken => Exists,
        StaffRefusal.Unknown => Unknown,
        StaffRefusal.LastAdmin => LastAdmin,
        StaffRefusal.NoAdmin => NoAdmin,
        StaffRefusal.TooMany => TooMany,
        _ => throw new UnreachableException(),
    };
}
