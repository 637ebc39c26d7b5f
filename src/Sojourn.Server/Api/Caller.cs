using Sojourn.Events;
using Sojourn.Server.Accounts;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>Who a request is from, once its route's policy let it in.</summary>
/// <param name="Project">The project it acts in; null on routes outside projects.</param>
/// <param name="Trust">How far its events are believed.</param>
/// <param name="Actor">How its actions are signed.</param>
internal sealed record Caller(Project? Project, Trust Trust, string Actor)
{
    /// <summary>Somebody of whom nothing is known.</summary>
    public static readonly Caller Nobody = new(null, Trust.Claimed, "nobody");

    /// <summary>What sends, one of <see cref="Ingest.Sending.Sources"/>; null = not told.</summary>
    public string? Source { get; init; }

    /// <summary>The sign-in of a person; null for keys, commands and strangers.</summary>
    public SignedIn? SignIn { get; init; }

    /// <summary>The account of a person; null for keys, commands and strangers.</summary>
    public Account? Account => SignIn?.Account;
}

/// <summary>Reaches the caller from a route.</summary>
internal static class Callers
{
    private static readonly object Place = new();

    public static void SetCaller(this HttpContext context, Caller caller) =>
        context.Items[Place] = caller;

    /// <summary>A project by its id or name; null when there is none such.</summary>
    public static Project? FindProject(this IStore store, string name) =>
        store.Projects.FirstOrDefault(one => one.Id == name)
        ?? store.Projects.FirstOrDefault(one => one.Name == name);

    /// <summary>The project of a route whose policy is of a project.</summary>
    public static Project Project(this HttpContext context) =>
        context.Caller().Project
        ?? throw new InvalidOperationException("This route's policy is of no project.");

    /// <summary>The account of a route whose policy asks for a role and takes no key.</summary>
    public static Account Account(this HttpContext context) =>
        context.Caller().Account
        ?? throw new InvalidOperationException("This route's policy asks for no role.");

    /// <summary>The caller; nobody where no policy was checked.</summary>
    public static Caller CallerOrNobody(this HttpContext context) =>
        context.Items[Place] as Caller ?? Api.Caller.Nobody;

    public static Caller Caller(this HttpContext context) =>
        (Caller)(context.Items[Place]
            ?? throw new InvalidOperationException("No policy was checked for this route."));
}
