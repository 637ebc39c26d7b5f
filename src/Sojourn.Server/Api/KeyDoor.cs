using System.Text;
using Sojourn.Events;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>Judges requests that carry a key.</summary>
internal sealed class KeyDoor(IStore store)
{
    /// <summary>Whether a request says who it is by a header.</summary>
    public static bool HasKey(HttpRequest request) => BearerOf(request) is not null;

    /// <summary>Who a key stands for, or why it opens nothing here.</summary>
    public Verdict Judge(HttpRequest request, Policy policy)
    {
        var fromAddress = false;
        var token = policy.KeyInBody ? BasicOf(request) : BearerOf(request);
        if (token is null && policy.KeyInBody)
            return Caller.Nobody; // The route reads the body and judges the key that is in it.

        if (token is null && policy == Policy.Send)
        {
            token = request.Query["key"];
            fromAddress = true;
        }

        return Judge(request, policy, token, fromAddress);
    }

    /// <summary>The same of a key, wherever it was found.</summary>
    /// <param name="request">The request that carries it.</param>
    /// <param name="policy">The route's.</param>
    /// <param name="token">The key; null or empty when there is none.</param>
    /// <param name="fromAddress">True when it stood in the address.</param>
    public Verdict Judge(HttpRequest request, Policy policy, string? token, bool fromAddress)
    {
        if (string.IsNullOrEmpty(token))
            return Problems.KeyMissing;
        if (store.FindKey(token) is not { } key)
            return Problems.KeyInvalid;
        if (FaultOf(request, policy, key.Kind, fromAddress) is { } problem)
            return problem;

        var trust = key.Kind == KeyKind.Secret ? Trust.Verified : Trust.Claimed;
        return new Caller(key.Project, trust, "secret key");
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
        if (policy.Keys.Count == 0)
            return Problems.NoKeyOpensThis;

        return policy.Keys.Contains(kind) ? null : Problems.KeyWrongKind;
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
