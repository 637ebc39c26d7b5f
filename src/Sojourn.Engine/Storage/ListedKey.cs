namespace Sojourn.Storage;

/// <summary>A key as those see it who look after it; its token cannot be told from this.</summary>
public sealed record ListedKey
{
    /// <summary>Keys of one project, those that were revoked included.</summary>
    public const int ProjectKeysMax = 1_000;

    /// <summary>Unique, and no secret.</summary>
    public required string Id { get; init; }

    /// <summary>What it may do.</summary>
    public required KeyKind Kind { get; init; }

    /// <summary>
    /// A write key as it is, because it is public; a secret key's first characters, to tell it
    /// from others. Null for a key that was made before this was noted.
    /// </summary>
    public required string? Shown { get; init; }

    /// <summary>When it was made, microseconds UTC; null = before this was noted.</summary>
    public required long? CreatedUs { get; init; }

    /// <summary>Since when it opens nothing, microseconds UTC; null = it is in force.</summary>
    public long? RevokedUs { get; init; }
}

/// <summary>A key just made. A secret key's token is shown this once.</summary>
/// <param name="Key">The key as it is listed from now on.</param>
/// <param name="Token">What opens the doors.</param>
public sealed record NewKey(ListedKey Key, string Token);
