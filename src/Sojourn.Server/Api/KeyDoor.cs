using Sojourn.Events;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>Judges requests that carry a key.</summary>
internal sealed class KeyDoor(IStore store)
{
    private const string Scheme = "Bearer ";

    /// <summary>Whether a request says who it is by a header.</summary>
    public static bool HasKey(HttpRequest request) => BearerOf(request) is not null;

    /// <summary>Who a key stands for, or why it opens nothing here.</summary>
    public Verdict Judge(HttpRequest request, Policy policy)
    {
        var fromAddress = false;
        var token = BearerOf(request);
        if (token is null && policy == Policy.Send)
        {
            token = request.Query["key"];
            fromAddress = true;
        }

        if (string.IsNullOrEmpty(token))
            return Problems.KeyMissing;
        if (store.FindKey(token) is not { } key)
            return Problems.KeyInvalid;
        if (FaultOf(request, policy, key.Kind, fromAddress) is { } problem)
            return problem;

        var trust = key.Kind == KeyKind.Secret ? Trust.Verified : Trust.Claimed;
        return new Caller(key.Project, trust, "secret key");
    }

    private static Problem? FaultOf(
        HttpRequest request, Policy policy, KeyKind kind, bool fromAddress)
    {
        if (kind == KeyKind.Secret && request.Headers.Origin.Count > 0)
            return Problems.SecretKeyInBrowser;
        if (kind == KeyKind.Secret && fromAddress)
            return Problems.SecretKeyInAddress;
        if (policy.Keys.Count == 0)
            return Problems.NoKeyOpensThis;

        return policy.Keys.Contains(kind) ? null : Problems.KeyWrongKind;
    }

    private static string? BearerOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? header[Scheme.Length..].Trim()
            : null;
    }
}
