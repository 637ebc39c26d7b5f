using Sojourn.Ingest;

namespace Sojourn.Server.Api.Hooks;

/// <summary>An address that a mail provider or shop sends its events to.</summary>
/// <param name="Id">Unique in its project.</param>
/// <param name="Source">The provider.</param>
/// <param name="SecretHash">What the secret in its address is recognised by.</param>
/// <param name="CreatedUs">When it was made, microseconds UTC.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="Proof">How requests prove where they come from besides the address.</param>
public sealed record Hook(
    string Id,
    HookSource Source,
    string SecretHash,
    long CreatedUs,
    string CreatedBy,
    HookProof Proof);

/// <summary>
/// What a provider's requests are checked with; all null = the secret address alone.
/// </summary>
/// <param name="PublicKey">SendGrid's key: base64 of its SubjectPublicKeyInfo.</param>
/// <param name="User">The user name of HTTP basic authentication.</param>
/// <param name="Secret">
/// The password of that user, Mailgun's signing key or a shop's secret; sealed wherever it is
/// stored.
/// </param>
public sealed record HookProof(string? PublicKey, string? User, string? Secret)
{
    /// <summary>The only shop let in, by its domain in lower case; null = any.</summary>
    public string? Shop { get; init; }

    /// <summary>
    /// A shop's secret before this one, which may still sign for a while; sealed as that is.
    /// Null = there was none.
    /// </summary>
    public string? SecretBefore { get; init; }

    /// <summary>Until when the secret before is good, microseconds UTC.</summary>
    public long? BeforeUntilUs { get; init; }

    /// <summary>The secret address alone.</summary>
    public static readonly HookProof None = new(null, null, null);

    /// <summary>Its sort: <c>none, public_key, basic</c> or <c>signing_key</c>.</summary>
    public string Sort =>
        PublicKey is not null ? "public_key"
        : User is not null ? "basic"
        : Secret is not null ? "signing_key"
        : "none";
}

/// <summary>A hook just made. Its secret is told this once; only its hash is kept.</summary>
internal sealed record NewHook(Hook Hook, string Secret);
