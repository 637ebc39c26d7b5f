using System.Text.Json;

namespace Sojourn.Ingest.Shops;

/// <summary>What a shop says of a checkout or order, in our words; null = not told.</summary>
internal sealed record ShopCheckout
{
    /// <summary>The shopper, by name, phone, email, wilaya, city and address.</summary>
    public IReadOnlyList<(string Name, string? Value)> Customer { get; init; } = [];

    /// <summary>What is bought, each by its members.</summary>
    public IReadOnlyList<IReadOnlyList<(string Name, string? Value)>> Items { get; init; } = [];

    /// <summary>How it is sent: method and fee.</summary>
    public IReadOnlyList<(string Name, string? Value)> Shipping { get; init; } = [];

    /// <summary>What all of it costs.</summary>
    public string? Total { get; init; }

    /// <summary>ISO 4217.</summary>
    public string? Currency { get; init; }

    /// <summary>An address at which the shopper goes on.</summary>
    public string? RestoreUrl { get; init; }

    /// <summary>Discount codes.</summary>
    public IReadOnlyList<string> Coupons { get; init; } = [];

    /// <summary>The shop's own token of the cart.</summary>
    public string? Cart { get; init; }

    /// <summary>Writes what it holds as members of an object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        WriteObject(json, "customer", Customer);
        if (Items.Count > 0)
        {
            json.WriteStartArray("items"u8);
            foreach (var item in Items) WriteObject(json, null, item);
            json.WriteEndArray();
        }

        WriteObject(json, "shipping", Shipping);
        WriteText(json, "restore_url", RestoreUrl);
        WriteMoney(json);
    }

    /// <summary>Writes cart, total, currency and codes as members of an object.</summary>
    public void WriteMoney(Utf8JsonWriter json)
    {
        WriteText(json, "cart", Cart);
        WriteText(json, "total", Total);
        WriteText(json, "currency", Currency);
        if (Coupons.Count == 0)
            return;

        json.WriteString("coupon"u8, Coupons[0]);
        if (Coupons.Count > 1)
        {
            json.WriteStartArray("coupons"u8);
            foreach (var code in Coupons) json.WriteStringValue(code);
            json.WriteEndArray();
        }
    }

    /// <summary>Writes a member, or nothing when there is none.</summary>
    public static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    private static void WriteObject(
        Utf8JsonWriter json, string? name, IReadOnlyList<(string Name, string? Value)> members)
    {
        if (members.All(member => member.Value is null))
            return;

        if (name is null)
            json.WriteStartObject();
        else
            json.WriteStartObject(name);
        foreach (var (member, value) in members) WriteText(json, member, value);
        json.WriteEndObject();
    }
}
