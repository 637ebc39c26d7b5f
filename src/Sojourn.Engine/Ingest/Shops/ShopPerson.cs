namespace Sojourn.Ingest.Shops;

/// <summary>Whose doing an event is, as far as a shop knows.</summary>
/// <param name="Visitor">The visitor that the snippet named in the cart; null = it did not.</param>
/// <param name="User">The customer, once there is an order; null = not known yet.</param>
internal readonly record struct ShopPerson(string? Visitor, string? User)
{
    /// <summary>Nobody's: the shop did it by itself.</summary>
    public static ShopPerson None => default;

    /// <summary>
    /// The user id of a customer: the e-mail address in lower case, as of mail; else the shop's
    /// own id of the customer. Null = neither is told.
    /// </summary>
    public static string? UserOf(HookSource source, string? email, string? customer) =>
        email is not null && email.Contains('@', StringComparison.Ordinal)
            ? email.ToLowerInvariant()
            : customer is null or "0" ? null : $"{HookSources.NameOf(source)}:{customer}";
}
