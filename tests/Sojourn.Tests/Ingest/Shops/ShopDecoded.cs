using System.Text;
using Sojourn.Events;
using Sojourn.Ingest;
using Sojourn.Ingest.Shops;
using Xunit;

namespace Sojourn.Tests.Ingest.Shops;

/// <summary>Decodes what a test let a shop say, and writes what shops say.</summary>
internal static class ShopDecoded
{
    public const string Visitor = "0f8b7c1e-5d0e-4c55-9b1d-6a8f4f0f9a11";

    public static DecodedBatch Batch(HookSource source, string topic, string body)
    {
        Assert.True(
            ShopBody.TryDecode(
                Encoding.UTF8.GetBytes(body),
                new(source, topic, "atlas.myshopify.com", "2026-03-02T10:00:09.123456Z"),
                Decoded.Server,
                out var batch,
                out var refusal),
            refusal?.Code);
        return batch;
    }

    public static IReadOnlyList<Event> Shopify(string topic, string body) =>
        Taken(HookSource.Shopify, topic, body);

    public static IReadOnlyList<Event> Woo(string topic, string body) =>
        Taken(HookSource.WooCommerce, topic, body);

    public static Event Named(this IEnumerable<Event> events, string name) =>
        Assert.Single(events, e => e.Name == name);

    public static string[] Names(this IEnumerable<Event> events) =>
        [.. events.Select(e => e.Name)];

    /// <summary>A checkout of Shopify's with more members, each as <c>"name":value</c>.</summary>
    public static string Checkout(params string[] members) =>
        $$"""
        {"id":29102931,"token":"chk_b1","cart_token":"cart_68","email":"Yasmine@Mail.Example",
         "created_at":"2026-03-02T10:00:00+01:00","updated_at":"2026-03-02T10:04:30+01:00",
         "completed_at":null,"closed_at":null,"gateway":null,"currency":"DZD","phone":null,
         "presentment_currency":"DZD","total_price":"21600.00","subtotal_price":"21000.00",
         "total_discounts":"0.00","taxes_included":false,"landing_site":"/","note":null,
         "abandoned_checkout_url":
          "https://atlas.myshopify.com/548/checkouts/chk_b1/recover?key=0d",
         "customer":{"id":7062,"email":"Yasmine@Mail.Example","first_name":"Yasmine",
          "last_name":"Benali","phone":null,"orders_count":0,"total_spent":"0.00"},
         "line_items":[{"key":"k1","product_id":632,"variant_id":49148385,"sku":"BRN-44",
          "title":"Boots","variant_title":"Brown / 44","quantity":2,"price":"10500.00",
          "line_price":"21000.00"}],
         "discount_codes":[{"code":"SPRING","amount":"0.00","type":"percentage"}],
         "shipping_lines":[{"title":"Yalidine","price":"600.00","code":"YAL"}],
         "shipping_address":{"name":"Yasmine Benali","address1":"12 rue Didouche",
          "address2":"Apt 4","phone":"0551 23 45 67","city":"Alger Centre",
          "province":"Alger","country_code":"DZ","zip":"16000"}{{Joined(members)}} }
        """;

    /// <summary>An order of Shopify's with more members.</summary>
    public static string Order(params string[] members) =>
        $$"""
        {"id":450789469,"name":"#1001","order_number":1001,"checkout_token":"chk_b1",
         "checkout_id":29102931,"cart_token":"cart_68","email":"Yasmine@Mail.Example",
         "created_at":"2026-03-02T10:06:00+01:00","updated_at":"2026-03-02T10:06:01+01:00",
         "cancelled_at":null,"cancel_reason":null,"financial_status":"pending","test":false,
         "currency":"DZD","total_price":"21600.00","current_total_price":"21600.00",
         "customer":{"id":7062,"email":"Yasmine@Mail.Example","first_name":"Yasmine"},
         "discount_codes":[{"code":"SPRING","amount":"0.00","type":"percentage"}],
         "shipping_address":{"name":"Yasmine Benali","phone":"0551 23 45 67"},
         "line_items":[{"product_id":632,"title":"Boots","quantity":2,
          "price":"10500.00"}]{{Joined(members)}} }
        """;

    /// <summary>An order of WooCommerce's with more members.</summary>
    public static string WooOrder(string status, params string[] members) =>
        $$"""
        {"id":727,"parent_id":0,"number":"727","order_key":"wc_order_58d2d042d1d",
         "status":"{{status}}","currency":"DZD","date_created":"2026-03-02T10:06:00",
         "date_created_gmt":"2026-03-02T09:06:00","date_modified_gmt":"2026-03-02T09:06:08",
         "total":"21600.00","discount_total":"0.00","shipping_total":"600.00",
         "customer_id":26,"payment_method":"cod","date_paid_gmt":null,
         "payment_url":"https://shop.example/checkout/order-pay/727/?pay_for_order=true",
         "billing":{"first_name":"Yasmine","last_name":"Benali","company":"",
          "address_1":"12 rue Didouche","address_2":"","city":"Alger Centre","state":"DZ-16",
          "country":"DZ","email":"Yasmine@Mail.Example","phone":"0551 23 45 67"},
         "shipping":{"first_name":"","last_name":"","address_1":"","city":"","state":""},
         "line_items":[{"id":315,"name":"Boots","product_id":93,"variation_id":0,
          "quantity":2,"price":10500,"total":"21000.00","sku":"BRN"}],
         "shipping_lines":[{"method_title":"Flat rate","total":"600.00"}],
         "coupon_lines":[{"code":"spring","discount":"0"}]{{Joined(members)}} }
        """;

    /// <summary>How Shopify gives back what the snippet put into the cart.</summary>
    public static string Attributes(string? visitor, string? checkout) =>
        "\"note_attributes\":[" + string.Join(',', new[]
        {
            visitor is null ? null : $$"""{"name":"sojourn_id","value":"{{visitor}}"}""",
            checkout is null
                ? null
                : $$"""{"name":"sojourn_checkout_id","value":"{{checkout}}"}""",
        }.OfType<string>()) + "]";

    /// <summary>The same of WooCommerce.</summary>
    public static string Meta(string visitor, string checkout) =>
        $$"""
        "meta_data":[{"id":1,"key":"_sojourn_id","value":"{{visitor}}"},
         {"id":2,"key":"is_vat_exempt","value":"no"},
         {"id":3,"key":"_sojourn_checkout_id","value":"{{checkout}}"}]
        """;

    private static IReadOnlyList<Event> Taken(HookSource source, string topic, string body)
    {
        var batch = Batch(source, topic, body);
        Assert.Empty(batch.Refused);
        return batch.Events;
    }

    private static string Joined(string[] members) =>
        string.Concat(members.Select(member => "," + member));
}
