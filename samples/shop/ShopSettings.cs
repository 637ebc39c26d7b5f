namespace Sojourn.Shop;

/// <summary>Where the shop listens, and the Sojourn it tells.</summary>
public sealed record ShopSettings
{
    /// <summary>Sojourn's address, as browsers and this server reach it.</summary>
    public required Uri Sojourn { get; init; }

    /// <summary>The project's write key, for pages.</summary>
    public required string WriteKey { get; init; }

    /// <summary>The project's secret key, for this server alone.</summary>
    public required string SecretKey { get; init; }

    /// <summary>The port on this machine to listen at; 0 takes any free one.</summary>
    public int Port { get; init; } = 5081;

    /// <summary>Our clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
