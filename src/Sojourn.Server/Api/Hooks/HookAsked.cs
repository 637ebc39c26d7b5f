using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sojourn.Ingest;

namespace Sojourn.Server.Api.Hooks;

/// <summary>A hook's settings as they are asked for. There are no other members.</summary>
internal sealed record HookAsked
{
    private const int TextCharsMax = 1024;
    private const string P256 = "1.2.840.10045.3.1.7"; // Source: RFC 5480.

    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        PropertyNameCaseInsensitive = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    /// <summary>The provider's name; not asked for when the hook is there already.</summary>
    public string? Source { get; init; }

    /// <summary>SendGrid's public key.</summary>
    public string? PublicKey { get; init; }

    /// <summary>Postmark: the user name in its address.</summary>
    public string? User { get; init; }

    /// <summary>Postmark: that user's password.</summary>
    public string? Password { get; init; }

    /// <summary>Mailgun's webhook signing key, or a shop's secret.</summary>
    public string? SigningKey { get; init; }

    /// <summary>The domain of the only shop let in.</summary>
    public string? Shop { get; init; }

    /// <summary>Reads a body; null when it is none.</summary>
    public static async Task<HookAsked?> ReadAsync(HttpContext context)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<HookAsked>(
                context.Request.Body, Reading, context.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads the fields of a form; an empty one is not told.</summary>
    public static HookAsked Of(IFormCollection form)
    {
        return new HookAsked
        {
            Source = Told("source"),
            PublicKey = Told("public_key"),
            User = Told("user"),
            Password = Told("password"),
            SigningKey = Told("signing_key"),
            Shop = Told("shop"),
        };

        string? Told(string name) =>
            form[name].ToString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
    }

    /// <summary>What requests of a provider are to be checked with.</summary>
    /// <param name="source">The provider.</param>
    /// <param name="proof">What was asked for, when there is no problem.</param>
    /// <returns>Why it cannot be, or null.</returns>
    public Problem? TryRead(HookSource source, out HookProof proof)
    {
        proof = HookProof.None;
        if (Foreign(source) is { } foreign)
        {
            return HookProblems.Invalid(
                foreign, $"Leave it out: {HookSources.NameOf(source)} has no such thing.");
        }

        var problem = source switch
        {
            HookSource.SendGrid => ReadPublicKey(ref proof),
            HookSource.Postmark => ReadBasic(ref proof),
            _ => ReadSigningKey(source, ref proof) ?? ReadShop(ref proof),
        };
        return problem;
    }

    private string? Foreign(HookSource source) =>
        PublicKey is not null && source != HookSource.SendGrid ? "public_key"
        : User is not null && source != HookSource.Postmark ? "user"
        : Password is not null && source != HookSource.Postmark ? "password"
        : SigningKey is not null && source != HookSource.Mailgun && !source.IsShop()
            ? "signing_key"
        : Shop is not null && !source.IsShop() ? "shop"
        : null;

    private Problem? ReadPublicKey(ref HookProof proof)
    {
        if (PublicKey is null)
            return null;

        var plain = string.Concat(PublicKey
            .Replace("-----BEGIN PUBLIC KEY-----", "", StringComparison.Ordinal)
            .Replace("-----END PUBLIC KEY-----", "", StringComparison.Ordinal)
            .Where(c => !char.IsWhiteSpace(c)));
        if (plain.Length > TextCharsMax || !IsPublicKey(plain))
        {
            return HookProblems.Invalid(
                "public_key",
                "Copy the verification key of SendGrid's signed event webhook, all of it.");
        }

        proof = proof with { PublicKey = plain };
        return null;
    }

    private Problem? ReadBasic(ref HookProof proof)
    {
        if (User is null && Password is null)
            return null;
        if (User is not { Length: > 0 and <= TextCharsMax } user
            || user.Contains(':', StringComparison.Ordinal) || user.Any(char.IsControl))
        {
            return HookProblems.Invalid("user", "Send a user name without a colon.");
        }

        if (Password is not { Length: > 0 and <= TextCharsMax } password
            || password.Any(char.IsControl))
        {
            return HookProblems.Invalid("password", "Send the password of that user.");
        }

        proof = proof with { User = user, Secret = password };
        return null;
    }

    private Problem? ReadSigningKey(HookSource source, ref HookProof proof)
    {
        if (SigningKey is null)
            return null;
        if (SigningKey.Trim() is not { Length: > 0 and <= TextCharsMax } key
            || key.Any(char.IsControl))
        {
            return HookProblems.Invalid(
                "signing_key",
                source.IsShop()
                    ? "Copy the secret that the shop signs its webhooks with."
                    : "Copy Mailgun's HTTP webhook signing key.");
        }

        proof = proof with { Secret = key };
        return null;
    }

    // The header that names the shop is not signed, so it says something beside a secret only.
    private Problem? ReadShop(ref HookProof proof)
    {
        if (Shop is null)
            return null;
        if (proof.Secret is null)
        {
            return HookProblems.Invalid(
                "signing_key", "Copy the secret that the shop signs its webhooks with.");
        }

        var domain = Shop.Trim().ToLowerInvariant();
        if (domain.Length > TextCharsMax || Uri.CheckHostName(domain) != UriHostNameType.Dns)
        {
            return HookProblems.Invalid(
                "shop", "Send the shop's domain alone, such as atlas.myshopify.com.");
        }

        proof = proof with { Shop = domain };
        return null;
    }

    private static bool IsPublicKey(string text)
    {
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
            return false;

        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(bytes.AsSpan(0, length), out var read);
            return read == length && key.ExportParameters(false).Curve.Oid.Value == P256;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
