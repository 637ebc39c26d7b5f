using Sojourn.Events;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>Who a request is from, once its route's policy let it in.</summary>
/// <param name="Project">The project it acts in; null on routes outside projects.</param>
/// <param name="Trust">How far its events are believed.</param>
/// <param name="Actor">How its actions are signed.</param>
internal sealed record Caller(Project? Project, Trust Trust, string Actor);

/// <summary>Reaches the caller from a route.</summary>
internal static class Callers
{
    private static readonly object Place = new();

    public static void SetCaller(this HttpContext context, Caller caller) =>
        context.Items[Place] = caller;

    /// <summary>The project of a route whose policy is of a project.</summary>
    public static Project Project(this HttpContext context) =>
        context.Caller().Project
        ?? throw new InvalidOperationException("This route's policy is of no project.");

    /// <summary>The caller, or nobody where no policy was checked.</summary>
    public static Caller CallerOrNobody(this HttpContext context) =>
        context.Items[Place] as Caller ?? new Caller(null, Trust.Claimed, "");

    public static Caller Caller(this HttpContext context) =>
        (Caller)(context.Items[Place]
            ?? throw new InvalidOperationException("No policy was checked for this route."));
}
