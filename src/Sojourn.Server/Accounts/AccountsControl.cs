using Microsoft.AspNetCore.Hosting.Server;
using Sojourn.Server.Api;

namespace Sojourn.Server.Accounts;

/// <summary>What the commands for accounts ask of a running server.</summary>
internal static class AccountsControl
{
    public static void MapAccountsControl(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/control/users", AddAsync).Needs(Policy.Operate);
        routes.MapPost("/control/users/reset", ResetAsync).Needs(Policy.Operate);
    }

    private static async Task AddAsync(
        HttpContext context, Invitations invitations, PublicAddress address, IServer server)
    {
        if (await ControlApi.ReadAsync<NewUserAsked>(context) is not { } asked)
        {
            await ControlApi.Invalid.WriteAsync(context);
            return;
        }

        await (Account.TryReadEmail(asked.Email, out var email)
            ? AnswerAsync(
                context, address, server,
                await invitations.AddAsync(email, asked.Role, context.RequestAborted))
            : StaffProblems.EmailInvalid.WriteAsync(context));
    }

    private static async Task ResetAsync(
        HttpContext context, Invitations invitations, PublicAddress address, IServer server)
    {
        if (await ControlApi.ReadAsync<UserAsked>(context) is not { } asked)
        {
            await ControlApi.Invalid.WriteAsync(context);
            return;
        }

        await (Account.TryReadEmail(asked.Email, out var email)
            ? AnswerAsync(
                context, address, server,
                await invitations.ResetAsync(email, context.RequestAborted))
            : StaffProblems.EmailInvalid.WriteAsync(context));
    }

    private static Task AnswerAsync(
        HttpContext context, PublicAddress address, IServer server, Invitation invitation)
    {
        if (invitation.Refusal is { } refusal)
            return StaffProblems.Of(refusal).WriteAsync(context);

        var link = address.LinkTo(invitation.Path!, server); // There is one, or a refusal.
        return context.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteString("link"u8, link);
            json.WriteEndObject();
        });
    }
}

/// <summary>An account to be added.</summary>
internal sealed record NewUserAsked(string Email, Role Role);

/// <summary>An account that is meant.</summary>
internal sealed record UserAsked(string Email);
