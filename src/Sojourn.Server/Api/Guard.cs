using System.Text;
using Sojourn.Events;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>Holds each request against the policy of its route, before anything is read.</summary>
internal sealed class Guard(RequestDelegate next, IStore store)
{
    /// <summary>Names the project of a command that comes through the socket.</summary>
    public const string ProjectHeader = "Sojourn-Project";

    public Task InvokeAsync(HttpContext context)
    {
        // Addresses nobody serves have no policy; they are answered further down.
        if (context.GetEndpoint()?.Metadata.GetMetadata<Policy>() is not { } policy)
            return next(context);

        var problem = Judge(context, policy, out var caller);
        if (policy.Keys.Contains(KeyKind.Write)
            && (policy.KeyInBody || problem != Problems.SecretKeyInBrowser))
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
        var token = policy.KeyInBody ? BasicOf(context.Request) : BearerOf(context.Request);
        if (token is null && policy.KeyInBody)
            return null; // The route reads the body and judges the key that is in it.

        if (token is null && policy == Policy.Send)
        {
            token = context.Request.Query["key"];
            fromAddress = true;
        }

        return JudgeKey(context.Request, store, policy, token, fromAddress, ref caller);
    }

    /// <summary>Judges a key, wherever it was found.</summary>
    /// <param name="request">The request that carries it.</param>
    /// <param name="store">Knows the keys.</param>
    /// <param name="policy">The route's.</param>
    /// <param name="token">The key; null or empty when there is none.</param>
    /// <param name="fromAddress">True when it stood in the address.</param>
    /// <param name="caller">Who it is from, when it is good.</param>
    /// <returns>Why it is refused, or null.</returns>
    public static Problem? JudgeKey(
        HttpRequest request, IStore store, Policy policy, string? token, bool fromAddress,
        ref Caller caller)
    {
        if (string.IsNullOrEmpty(token))
            return Problems.KeyMissing;
        if (store.FindKey(token) is not { } key)
            return Problems.KeyInvalid;
        if (FaultOf(request, policy, key.Kind, fromAddress) is { } problem)
            return problem;

        var trust = key.Kind == KeyKind.Secret ? Trust.Verified : Trust.Claimed;
        caller = new Caller(key.Project, trust, "secret key");
        return null;
    }

    /// <summary>The token of <c>Authorization: Bearer</c>, or null.</summary>
    public static string? BearerOf(HttpRequest request) => CredentialsOf(request, "Bearer ");

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

    // The user name is the key and the password is empty; some leave the colon between them out.
    private static string? BasicOf(HttpRequest request)
    {
        var text = CredentialsOf(request, "Basic ");
        var bytes = new byte[text?.Length ?? 0];
        return Convert.TryFromBase64String(text ?? "", bytes, out var length) && length > 0
            ? Encoding.UTF8.GetString(bytes, 0, length).Split(':')[0]
            : null;
    }

    private static string? CredentialsOf(HttpRequest request, string scheme)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            ? header[scheme.Length..].Trim()
            : null;
    }
}

/// <summary>Marks a connection that came through the socket in the data folder.</summary>
internal sealed class OperatorConnection
{
    /// <summary>The one mark.</summary>
    public static readonly OperatorConnection Instance = new();
}
