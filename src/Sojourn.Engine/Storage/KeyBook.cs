using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Sojourn.Storage;

/// <summary>All keys at one instant, by their hash. A change makes another book.</summary>
internal sealed class KeyBook
{
    private readonly ImmutableDictionary<string, StoredKey> _byHash;

    private KeyBook(ImmutableDictionary<string, StoredKey> byHash) => _byHash = byHash;

    public static KeyBook Empty { get; } = new(ImmutableDictionary<string, StoredKey>.Empty);

    public static KeyBook Of(IEnumerable<StoredKey> keys) => Empty.With(keys);

    /// <summary>The key of a token, or null when unknown or revoked.</summary>
    public ProjectKey? Find(string token) =>
        _byHash.TryGetValue(StoredKey.TextOf(StoredKey.HashOf(token)), out var key)
        && key.Listed.RevokedUs is null
            ? new ProjectKey(key.Project, key.Listed.Kind)
            : null;

    /// <summary>A project's keys, oldest first.</summary>
    public IReadOnlyList<ListedKey> Of(string project) =>
    [
        .. _byHash.Values
            .Where(key => key.Project.Id == project)
            .Select(key => key.Listed)
            .OrderBy(key => key.CreatedUs)
            .ThenBy(key => key.Kind)
            .ThenBy(key => key.Id, StringComparer.Ordinal),
    ];

    /// <summary>A project's key by its id, or null.</summary>
    public StoredKey? Find(string project, string id) =>
        _byHash.Values.FirstOrDefault(key => key.Project.Id == project && key.Listed.Id == id);

    public KeyBook With(params IEnumerable<StoredKey> keys) => new(_byHash.SetItems(
        keys.Select(key => KeyValuePair.Create(StoredKey.TextOf(key.Hash), key))));
}

/// <summary>A key as it is stored: its hash, never its token.</summary>
/// <param name="Hash">SHA-256 of the token in UTF-8.</param>
/// <param name="Project">The project it belongs to.</param>
/// <param name="Listed">What else is known of it.</param>
internal sealed record StoredKey(byte[] Hash, Project Project, ListedKey Listed)
{
    private const int TokenRandomBytes = 20;
    private const int SecretCharsShown = 9;
    private const int IdBytes = 8;

    /// <summary>Makes a key with a token nobody can guess.</summary>
    public static (StoredKey Key, string Token) New(Project project, KeyKind kind, long nowUs)
    {
        var token = (kind == KeyKind.Write ? "sj_w_" : "sj_s_")
            + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenRandomBytes));
        var shown = kind == KeyKind.Write ? token : token[..SecretCharsShown] + "…";
        return (Of(HashOf(token), project, kind, shown, nowUs, null), token);
    }

    /// <summary>A key as it was stored.</summary>
    public static StoredKey Of(
        byte[] hash, Project project, KeyKind kind, string? shown, long? createdUs, long? revokedUs)
        => new(hash, project, new ListedKey
        {
            // Part of the hash tells nothing about a token of 160 random bits.
            Id = "k_" + Convert.ToHexStringLower(hash.AsSpan(0, IdBytes)),
            Kind = kind,
            Shown = shown,
            CreatedUs = createdUs,
            RevokedUs = revokedUs,
        });

    // A token has 160 random bits, so its bare hash cannot be searched for like a password's.
    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    public static string TextOf(byte[] hash) => Convert.ToHexStringLower(hash);
}
