using System.Text.Json.Serialization;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>What a route asks of its caller. Every route names exactly one.</summary>
/// <param name="Name">Its name in the list of routes.</param>
/// <param name="Keys">The kinds of key that may; empty = no key opens it.</param>
/// <param name="Role">The least role of staff who may; null = no role opens it.</param>
/// <param name="OfProject">True when it acts in the one project the caller belongs to.</param>
internal sealed record Policy(
    string Name, IReadOnlyList<KeyKind> Keys, Role? Role, bool OfProject)
{
    /// <summary>Anybody, without a key: it says nothing about any project.</summary>
    public static readonly Policy Anyone = new("anyone", [], null, OfProject: false);

    /// <summary>Add events to a project.</summary>
    public static readonly Policy Send =
        new("send", [KeyKind.Write, KeyKind.Secret], null, OfProject: true);

    /// <summary>The same; the key may be in the body, and is then judged by the route.</summary>
    public static readonly Policy SendKeyInBody =
        Send with { Name = "send-key-in-body", KeyInBody = true };

    /// <summary>Add events by an address that is itself a secret, judged by the route.</summary>
    public static readonly Policy SendByHook =
        new("send-by-hook", [], null, OfProject: false);

    /// <summary>Read a project's sessions and events.</summary>
    public static readonly Policy Read =
        new("read", [KeyKind.Secret], Api.Role.Viewer, OfProject: true);

    /// <summary>Change what a project's staff decided.</summary>
    public static readonly Policy Act =
        new("act", [KeyKind.Secret], Api.Role.Agent, OfProject: true);

    /// <summary>Change a project's rules.</summary>
    public static readonly Policy Decide =
        new("decide", [KeyKind.Secret], Api.Role.Admin, OfProject: true);

    /// <summary>Change what a project's programs may do.</summary>
    public static readonly Policy Configure =
        new("configure", [], Api.Role.Admin, OfProject: true);

    /// <summary>A page for anybody, signed in or not.</summary>
    public static readonly Policy Open =
        new("open", [], null, OfProject: false) { IsPage = true };

    /// <summary>A page for whoever is signed in.</summary>
    public static readonly Policy SignedIn =
        new("signed-in", [], Api.Role.Viewer, OfProject: false) { IsPage = true };

    /// <summary>A page that shows a project.</summary>
    public static readonly Policy See =
        new("see", [], Api.Role.Viewer, OfProject: true) { IsPage = true };

    /// <summary>A page where staff act on a project's sessions.</summary>
    public static readonly Policy Work =
        new("work", [], Api.Role.Agent, OfProject: true) { IsPage = true };

    /// <summary>A page of a project's settings.</summary>
    public static readonly Policy Manage =
        new("manage", [], Api.Role.Admin, OfProject: true) { IsPage = true };

    /// <summary>Run the server itself: only through the socket in the data folder.</summary>
    public static readonly Policy Operate = new("operate", [], null, OfProject: false);

    /// <summary>True when the key may be in the body, where only the route finds it.</summary>
    public bool KeyInBody { get; init; }

    /// <summary>
    /// True when a browser shows the answer: who is not signed in is sent to do so, and forms
    /// carry a token.
    /// </summary>
    public bool IsPage { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>What staff may do in a project. Greater ones may all lesser ones may.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Role>))]
public enum Role
{
    /// <summary>Read.</summary>
    Viewer,

    /// <summary>Read and act.</summary>
    Agent,

    /// <summary>Everything, settings included.</summary>
    Admin,
}

/// <summary>Gives routes their policy, and finds those without.</summary>
internal static class Policies
{
    /// <summary>The one way to open a route.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder route, Policy policy)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(policy);

    /// <summary>Every route as <c>METHOD path policy</c>, sorted.</summary>
    /// <exception cref="InvalidOperationException">A route has no policy, or several.</exception>
    public static IReadOnlyList<string> Inventory(IEndpointRouteBuilder routes)
    {
        var endpoints = routes.DataSources
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .ToList();
        var open = endpoints.Where(one => one.Metadata.OfType<Policy>().Count() != 1).ToList();
        if (open.Count > 0)
        {
            throw new InvalidOperationException(
                "Each route needs exactly one policy. Add .Needs(…) to "
                + string.Join(", ", open.Select(one => one.RoutePattern.RawText)));
        }

        return
        [
            .. from one in endpoints
               from method in one.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"]
               let policy = one.Metadata.OfType<Policy>().Single()
               let line = $"{method} {one.RoutePattern.RawText} {policy}"
               orderby line
               select line,
        ];
    }
}
