namespace Sojourn.Ingest.Shops;

/// <summary>What is known of a shop's webhook besides its body.</summary>
/// <param name="Source">The shop system.</param>
/// <param name="Topic">What the webhook is about, as its header says; null = it does not.</param>
/// <param name="Shop">The shop's domain; null = not told.</param>
/// <param name="Triggered">When it happened, as the header says; null = it does not.</param>
public sealed record ShopSending(
    HookSource Source, string? Topic, string? Shop, string? Triggered);
