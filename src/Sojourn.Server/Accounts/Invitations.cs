using Sojourn.Server.Api;

namespace Sojourn.Server.Accounts;

/// <summary>Lets people in who have no password yet, or not any more, by a link.</summary>
internal sealed class Invitations(Staff staff, SignInLinks links)
{
    /// <summary>Adds an account and makes its link.</summary>
    public async Task<Invitation> AddAsync(string email, Role role, CancellationToken cancel)
    {
        var added = await staff.AddAsync(email, role, cancel);
        return added.Refusal is { } refusal
            ? new Invitation(null, refusal)
            : await InviteAsync(added.Account!, cancel); // There is one when nothing is refused.
    }

    /// <summary>Makes a link for an account; its password stays until the link is used.</summary>
    public async Task<Invitation> ResetAsync(string email, CancellationToken cancel) =>
        staff.FindEmail(email) is { } account
            ? await InviteAsync(account, cancel)
            : new Invitation(null, StaffRefusal.Unknown);

    private async Task<Invitation> InviteAsync(Account account, CancellationToken cancel) =>
        new($"/sign-in/link?token={await links.MakeAsync(account, cancel)}", null);
}

/// <summary>How an invitation was answered.</summary>
/// <param name="Path">The link's path on this server; null when there is none.</param>
/// <param name="Refusal">Null when there is a link.</param>
internal sealed record Invitation(string? Path, StaffRefusal? Refusal);
