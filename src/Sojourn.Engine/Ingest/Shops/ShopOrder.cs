namespace Sojourn.Ingest.Shops;

/// <summary>An order of a shop, and the events it means.</summary>
internal sealed record ShopOrder
{
    /// <summary>Unique among the shop system's orders.</summary>
    public required string Key { get; init; }

    /// <summary>The order's id at the shop.</summary>
    public required string OrderId { get; init; }

    /// <summary>What people call the order; null = not told.</summary>
    public required string? Number { get; init; }

    /// <summary>The checkout it came from.</summary>
    public required string CheckoutId { get; init; }

    /// <summary>When it was placed, microseconds UTC; null = not told.</summary>
    public required long? CreatedUs { get; init; }

    /// <summary>Who placed it.</summary>
    public required ShopPerson Person { get; init; }

    /// <summary>True when it was placed to try the shop.</summary>
    public required bool IsTest { get; init; }

    /// <summary>What was ordered, by whom.</summary>
    public required ShopCheckout Told { get; init; }

    /// <summary>
    /// Who ordered what, and that it is an order: this counts once, however often it is told.
    /// </summary>
    public static void Add(ShopDraft into, ShopOrder order)
    {
        AddState(into, order, order.CreatedUs, order.Person);
        into.Add("order_submitted", order.Key, order.CreatedUs, order.Person, json =>
        {
            json.WriteString("order_id"u8, order.OrderId);
            json.WriteString("checkout_id"u8, order.CheckoutId);
            ShopCheckout.WriteText(json, "order_number", order.Number);
            order.Told.WriteMoney(json);
            if (order.IsTest)
                json.WriteBoolean("test"u8, true);
        });
    }

    /// <summary>Who ordered what.</summary>
    public static void AddState(
        ShopDraft into, ShopOrder order, long? timeUs, ShopPerson person) =>
        into.Add("checkout_updated", null, timeUs, person, json =>
        {
            json.WriteString("checkout_id"u8, order.CheckoutId);
            order.Told.Write(json);
            if (order.IsTest)
                json.WriteBoolean("test"u8, true);
        });

    /// <summary>
    /// That the order is none any more. Often the shop's own doing, so it is nobody's visit.
    /// </summary>
    public static void AddCancelled(
        ShopDraft into, ShopOrder order, long? timeUs, string? reason) =>
        into.Add("order_cancelled", null, timeUs, ShopPerson.None, json =>
        {
            json.WriteString("order_id"u8, order.OrderId);
            json.WriteString("checkout_id"u8, order.CheckoutId);
            ShopCheckout.WriteText(json, "reason", reason);
            if (order.IsTest)
                json.WriteBoolean("test"u8, true);
        });

    /// <summary>The texts that are told, as one; null when none is.</summary>
    public static string? Joined(string between, params string?[] texts)
    {
        var told = texts.OfType<string>().ToList();
        return told.Count == 0 ? null : string.Join(between, told);
    }
}
