using Sojourn.Events;

namespace Sojourn.Ingest.Shops;

/// <summary>What Shopify's webhooks tell. Source: docs/guide/shops.md.</summary>
internal static class ShopifyNotice
{
    private const int ItemsMax = 100;

    public static void Read(ShopValue body, ShopDraft into)
    {
        var topic = into.Sending.Topic?.ToLowerInvariant();
        switch (topic)
        {
            case "carts/create" or "carts/update" when IsCart(body):
                ReadCart(body, into);
                break;
            case "checkouts/create" or "checkouts/update" when IsCheckout(body):
                ReadCheckout(body, into, isNew: topic == "checkouts/create");
                break;
            case "orders/create" or "orders/paid" or "orders/updated" or "orders/cancelled"
                when IsOrder(body):
                ReadOrder(body, into);
                break;
            case "checkouts/delete" when !body["order_number"].IsTold:
                ReadNotice(ShopEventNames.CheckoutDeleted, body["token"].Text, body, into);
                break;
            case "app/uninstalled":
                ReadNotice(ShopEventNames.AppUninstalled, null, body, into);
                break;
            case "customers/data_request":
                ReadNotice(ShopEventNames.ExportAsked, null, body, into);
                break;
            case "customers/redact":
                ReadNotice(ShopEventNames.ErasureAsked, null, body, into);
                break;
            case "shop/redact":
                ReadNotice(ShopEventNames.ShopErasureAsked, null, body, into);
                break;
            default:
                into.Refuse(RefusalCodes.TopicUnknown, "X-Shopify-Topic");
                break;
        }
    }

    // The topic is not signed: a body sent again under another one must not become an order.
    private static bool IsOrder(ShopValue body) =>
        !body["abandoned_checkout_url"].IsTold && !IsOfCart(body);

    private static bool IsCheckout(ShopValue body) =>
        body["token"].IsTold && !body["order_number"].IsTold
        && !body["financial_status"].IsTold && !IsOfCart(body);

    private static bool IsCart(ShopValue body) =>
        !body["order_number"].IsTold && !body["abandoned_checkout_url"].IsTold;

    // A cart's own id is its token; a checkout's is a number.
    private static bool IsOfCart(ShopValue body) =>
        body["id"].Text is { } id && id == body["token"].Text;

    private static void ReadCart(ShopValue body, ShopDraft into)
    {
        // Without the visitor nobody could be told whose cart it is.
        var checkout = AttributeOf(body, "sojourn_checkout_id");
        if (AttributeOf(body, "sojourn_id") is null && checkout is null)
            return;

        var told = CheckoutOf(body) with { Cart = body["token"].Text ?? body["id"].Text };
        into.Add(
            ShopEventNames.CartUpdated, null, body["updated_at"].TimeUs ?? into.TriggeredUs,
            VisitorOf(body),
            json =>
            {
                ShopCheckout.WriteText(json, "checkout_id", checkout);
                told.Write(json);
            });
    }

    private static void ReadCheckout(ShopValue body, ShopDraft into, bool isNew)
    {
        var token = body["token"].Text;
        if ((AttributeOf(body, "sojourn_checkout_id") ?? token) is not { } id)
        {
            into.Refuse(RefusalCodes.PersonMissing, "token");
            return;
        }

        var told = CheckoutOf(body);
        if (isNew)
        {
            into.Add(
                "checkout_started", token ?? id,
                body["created_at"].TimeUs ?? into.TriggeredUs, VisitorOf(body),
                json =>
                {
                    json.WriteString("checkout_id"u8, id);
                    told.WriteMoney(json);
                });
        }

        into.Add(
            "checkout_updated", null,
            body["updated_at"].TimeUs ?? body["created_at"].TimeUs ?? into.TriggeredUs,
            VisitorOf(body),
            json =>
            {
                json.WriteString("checkout_id"u8, id);
                told.Write(json);
            });
    }

    // Every topic tells the whole order, so each of them makes up for one that was lost.
    private static void ReadOrder(ShopValue body, ShopDraft into)
    {
        var order = body["id"].Text;
        if (order is null)
        {
            into.Refuse(RefusalCodes.TypeWrong, "id");
            return;
        }

        ShopOrder.Add(into, OrderOf(body, order, into));
        var isCancelled = into.Sending.Topic?.EndsWith(
            "/cancelled", StringComparison.OrdinalIgnoreCase) == true;
        if (body["cancelled_at"].IsTold || isCancelled)
        {
            ShopOrder.AddCancelled(
                into, OrderOf(body, order, into),
                body["cancelled_at"].TimeUs ?? body["updated_at"].TimeUs ?? into.TriggeredUs,
                body["cancel_reason"].Text);
        }
    }

    private static ShopOrder OrderOf(ShopValue body, string order, ShopDraft into) => new()
    {
        Key = order,
        OrderId = order,
        Number = body["name"].Text ?? body["order_number"].Text,
        CheckoutId = AttributeOf(body, "sojourn_checkout_id") ?? body["checkout_token"].Text
            ?? $"shopify-order-{order}",
        CreatedUs = body["created_at"].TimeUs ?? into.TriggeredUs,
        Person = VisitorOf(body) with { User = UserOf(body) },
        IsTest = body["test"].IsTrue,
        Told = CheckoutOf(body),
    };

    // They ask the project's people to act, so they are kept where these find them.
    private static void ReadNotice(
        string name, string? token, ShopValue body, ShopDraft into)
    {
        var shop = into.Sending.Shop ?? body["shop_domain"].Text ?? body["myshopify_domain"].Text;
        var user = UserOf(body) ?? $"shopify:{shop ?? "shop"}";
        into.Add(name, null, into.TriggeredUs, new(null, user), json =>
        {
            ShopCheckout.WriteText(json, "shop", shop);
            ShopCheckout.WriteText(json, "shop_checkout", token ?? body["id"].Text);
            ShopCheckout.WriteText(json, "email", body["customer"]["email"].Text);
            ShopCheckout.WriteText(json, "phone", body["customer"]["phone"].Text);
            ShopCheckout.WriteText(json, "request", body["data_request"]["id"].Text);
        });
    }

    private static string? UserOf(ShopValue body) => ShopPerson.UserOf(
        HookSource.Shopify,
        body["email"].Text ?? body["customer"]["email"].Text ?? body["contact_email"].Text,
        body["customer"]["id"].Text);

    private static ShopPerson VisitorOf(ShopValue body) =>
        new(AttributeOf(body, "sojourn_id"), null);

    private static string? AttributeOf(ShopValue body, string name) =>
        body["note_attributes"].Named(name, "name") ?? body["attributes"].Named(name, "name");

    private static ShopCheckout CheckoutOf(ShopValue body) => new()
    {
        Customer = CustomerOf(body),
        Items = [.. body["line_items"].Items.Take(ItemsMax).Select(ItemOf)],
        Shipping =
        [
            ("method", body["shipping_lines"].First["title"].Text
                ?? body["shipping_line"]["title"].Text),
            ("fee", body["shipping_lines"].First["price"].Amount
                ?? body["shipping_line"]["price"].Amount),
        ],
        Total = body["total_price"].Amount,
        Currency = body["currency"].Currency,
        RestoreUrl = body["abandoned_checkout_url"].Text,
        Coupons = [.. body["discount_codes"].Items
            .Select(one => one["code"].Text).OfType<string>().Take(ItemsMax)],
        Cart = body["cart_token"].Text,
    };

    private static (string Name, string? Value)[] CustomerOf(ShopValue body)
    {
        var (shipping, billing) = (body["shipping_address"], body["billing_address"]);
        var customer = body["customer"];
        string? Either(string name) => shipping[name].Text ?? billing[name].Text;
        return
        [
            ("name", Either("name") ?? ShopOrder.Joined(
                " ", customer["first_name"].Text, customer["last_name"].Text)),
            ("phone", body["phone"].Text ?? Either("phone") ?? customer["phone"].Text),
            ("email", body["email"].Text ?? customer["email"].Text),
            ("wilaya", Either("province")),
            ("city", Either("city")),
            ("address", ShopOrder.Joined(", ", Either("address1"), Either("address2"))),
        ];
    }

    private static (string Name, string? Value)[] ItemOf(ShopValue item) =>
    [
        ("id", item["product_id"].Text),
        ("name", item["title"].Text ?? item["name"].Text),
        ("variant", item["variant_title"].Text),
        ("variant_id", item["variant_id"].Text),
        ("sku", item["sku"].Text),
        ("quantity", item["quantity"].Amount),
        ("price", item["price"].Amount),
    ];
}
