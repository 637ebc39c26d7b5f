using Sojourn.Events;
using Sojourn.Server.Api;
using Sojourn.Server.Outreach;

namespace Sojourn.Server.Pages.Outreach;

/// <summary>
/// The link in a message that leads a customer back to the form. Where it leads follows from
/// what we know and from settings, never from the request. Source: docs/guide/outreach.md.
/// </summary>
internal static class RecoveryPages
{
    private const string Path = RecoveryLinks.Path + "{token}";

    private const int UserAgentCharsMax = 1_000;

    // How browsers and programs say that nobody looks at the answer yet.
    private static readonly string[] Ahead = ["Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"];

    public static void MapRecoveryLinks(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, GoAsync).Needs(Policy.Anyone);
        routes.MapMethods(Path, [HttpMethods.Head], GoAsync).Needs(Policy.Anyone);
    }

    internal static async Task<IResult> GoAsync(
        HttpContext context, string token, RecoveryDoor door)
    {
        var headers = context.Response.Headers;
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        if (await door.FindAsync(token, context.RequestAborted) is not { } way)
            return Page.Of<RecoveryPage>([], StatusCodes.Status404NotFound);

        if (IsFollowed(context.Request))
            await door.NoteAsync(way, ContextOf(context));
        return Results.Redirect(way.Target.AbsoluteUri);
    }

    // A person opened it; programs that only look ask otherwise, or say so.
    private static bool IsFollowed(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && Ahead.All(header => request.Headers[header].Count == 0)
        && request.Headers["Sec-Fetch-Dest"].ToString() is "" or "document";

    private static EventContext ContextOf(HttpContext context) => new()
    {
        Ip = Intake.ClientIpOf(context),
        UserAgent = context.Request.Headers.UserAgent.ToString() switch
        {
            "" => null,
            var agent => agent[..Math.Min(agent.Length, UserAgentCharsMax)],
        },
    };
}
