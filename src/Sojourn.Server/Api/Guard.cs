using Sojourn.Events;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>Holds each request against the policy of its route, before anything is read.</summary>
internal sealed class Guard(RequestDelegate next, IStore store)
{
    /// <summary>Names the project of a command that comes through the socket.</summary>
    public const string ProjectHeader = "Sojourn-Project";

    private const string Scheme = "Bearer ";

    public Task InvokeAsync(HttpContext context)
    {
        // Addresses nobody serves have no policy; they are answered further down.
        if (context.GetEndpoint()?.Metadata.GetMetadata<Policy>() is not { } policy)
            return next(context);

        var problem = Judge(context, policy, out var caller);
        if (policy == Policy.Send && problem != Problems.SecretKeyInBrowser)
        {
            context.Response.Headers.AccessControlAllowOrigin = "*";
            context.Response.Headers.AccessControlExposeHeaders = "retry-after";
        }

        if (problem is not null)
            return problem.WriteAsync(context);

        context.SetCaller(caller);
        return next(context);
    }

    private Problem? Judge(HttpContext context, Policy policy, out Caller caller)
    {
        caller = new Caller(null, Trust.Claimed, "nobody");
        if (context.Features.Get<OperatorConnection>() is not null)
            return JudgeOperator(context, policy, out caller);
        if (policy == Policy.Operate)
            return Problems.Operators;
        if (policy.Keys.Count == 0)
            return null;

        var fromAddress = false;
        var token = BearerOf(context.Request);
        if (token is null && policy == Policy.Send)
        {
            token = context.Request.Query["key"];
            fromAddress = true;
        }

        if (string.IsNullOrEmpty(token))
            return Problems.KeyMissing;
        if (store.FindKey(token) is not { } key)
            return Problems.KeyInvalid;
        if (FaultOf(context.Request, policy, key.Kind, fromAddress) is { } problem)
            return problem;

        var trust = key.Kind == KeyKind.Secret ? Trust.Verified : Trust.Claimed;
        caller = new Caller(key.Project, trust, "secret key");
        return null;
    }

    private static Problem? FaultOf(
        HttpRequest request, Policy policy, KeyKind kind, bool fromAddress)
    {
        if (kind == KeyKind.Secret && request.Headers.Origin.Count > 0)
            return Problems.SecretKeyInBrowser;
        if (kind == KeyKind.Secret && fromAddress)
            return Problems.SecretKeyInAddress;

        return policy.Keys.Contains(kind) ? null : Problems.KeyWrongKind;
    }

    // Who may open the socket owns the data; they may do everything, in the project they name.
    private Problem? JudgeOperator(HttpContext context, Policy policy, out Caller caller)
    {
        var name = context.Request.Headers[ProjectHeader].ToString();
        var project = store.Projects.FirstOrDefault(one => one.Name == name || one.Id == name);
        caller = new Caller(project, Trust.Verified, "operator");
        return policy.OfProject && project is null ? Problems.ProjectUnknown : null;
    }

    private static string? BearerOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? header[Scheme.Length..].Trim()
            : null;
    }
}

/// <summary>Marks a connection that came through the socket in the data folder.</summary>
internal sealed class OperatorConnection
{
    /// <summary>The one mark.</summary>
    public static readonly OperatorConnection Instance = new();
}
