using System.Security.Cryptography;
using System.Text;
using Sojourn.Events;

namespace Sojourn.Ingest.Shops;

/// <summary>
/// What WooCommerce's webhooks tell. A checkout there is an order that is not placed yet.
/// Source: docs/guide/shops.md.
/// </summary>
internal static class WooNotice
{
    private const int ItemsMax = 100;

    public static void Read(ShopValue body, ShopDraft into)
    {
        var topic = into.Sending.Topic?.ToLowerInvariant();
        if (topic is not ("order.created" or "order.updated" or "order.restored"
            or "order.deleted"))
        {
            into.Refuse(RefusalCodes.TopicUnknown, "X-WC-Webhook-Topic");
        }
        else if (body["id"].Text is not { } id)
        {
            into.Refuse(RefusalCodes.TypeWrong, "id");
        }
        else if (topic == "order.deleted")
        {
            ReadDeleted(id, into);
        }
        else if (body["status"].Text is not { } status)
        {
            into.Refuse(RefusalCodes.TypeWrong, "status");
        }
        else
        {
            ReadOrder(body, status, OrderOf(body, id, into), into, topic == "order.created");
        }
    }

    // Shops throw orders away to tidy up, so this takes no order back; cancelling does.
    private static void ReadDeleted(string id, ShopDraft into) => into.Add(
        ShopEventNames.OrderDeleted, null, null, ShopPerson.None,
        json => json.WriteString("order_id"u8, id));

    private static void ReadOrder(
        ShopValue body, string status, ShopOrder order, ShopDraft into, bool isNew)
    {
        var changedUs = TimeOf(body, "date_modified") ?? order.CreatedUs;
        switch (status)
        {
            case "auto-draft" or "trash":
                break;
            case "checkout-draft" or "pending":
                ReadUnplaced(order, into, isNew, changedUs);
                break;
            case "failed":
                ReadUnplaced(order, into, isNew, changedUs);
                into.Add("payment_failed", null, changedUs, VisitorOf(order), json =>
                {
                    json.WriteString("checkout_id"u8, order.CheckoutId);
                    json.WriteString("code"u8, status);
                });
                break;
            case "cancelled":
                ShopOrder.AddState(into, order, order.CreatedUs, VisitorOf(order));
                ShopOrder.AddCancelled(into, order, changedUs, status);
                break;
            case "refunded":
                ShopOrder.Add(into, order);
                ShopOrder.AddCancelled(into, order, changedUs, status);
                break;
            default: // Shops add statuses of their own to what happens after the order.
                ShopOrder.Add(into, order);
                break;
        }
    }

    private static void ReadUnplaced(
        ShopOrder order, ShopDraft into, bool isNew, long? changedUs)
    {
        if (isNew)
        {
            into.Add(
                "checkout_started", order.Key, order.CreatedUs, VisitorOf(order), json =>
                {
                    json.WriteString("checkout_id"u8, order.CheckoutId);
                    order.Told.WriteMoney(json);
                });
        }

        ShopOrder.AddState(into, order, changedUs, VisitorOf(order));
    }

    // Whose address was typed is proven by an order only.
    private static ShopPerson VisitorOf(ShopOrder order) => order.Person with { User = null };

    private static ShopOrder OrderOf(ShopValue body, string id, ShopDraft into)
    {
        // Ids count from 1 in every shop; their keys differ.
        var key = body["order_key"].Text is { } told ? $"{id}-{MarkOf(told)}" : id;
        return new ShopOrder
        {
            Key = key,
            OrderId = id,
            Number = body["number"].Text,
            CheckoutId = MetaOf(body, "_sojourn_checkout_id") ?? $"woocommerce-{key}",
            CreatedUs = TimeOf(body, "date_created") ?? into.TriggeredUs,
            Person = new(
                MetaOf(body, "_sojourn_id"),
                ShopPerson.UserOf(
                    HookSource.WooCommerce,
                    body["billing"]["email"].Text,
                    body["customer_id"].Text)),
            IsTest = false,
            Told = CheckoutOf(body),
        };
    }

    // The key itself lets whoever has it pay and see the order.
    private static string MarkOf(string orderKey) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(orderKey)).AsSpan(0, 6));

    // Only the one in GMT says its zone.
    private static long? TimeOf(ShopValue body, string name) =>
        body[name + "_gmt"].TimeUs ?? body[name].TimeUs;

    private static string? MetaOf(ShopValue body, string name) =>
        body["meta_data"].Named(name, "key");

    private static ShopCheckout CheckoutOf(ShopValue body) => new()
    {
        Customer = CustomerOf(body),
        Items = [.. body["line_items"].Items.Take(ItemsMax).Select(ItemOf)],
        Shipping =
        [
            ("method", body["shipping_lines"].First["method_title"].Text),
            ("fee", body["shipping_lines"].First["total"].Amount),
        ],
        Total = body["total"].Amount,
        Currency = body["currency"].Currency,
        RestoreUrl = body["payment_url"].Text,
        Coupons = [.. body["coupon_lines"].Items
            .Select(one => one["code"].Text).OfType<string>().Take(ItemsMax)],
    };

    private static (string Name, string? Value)[] CustomerOf(ShopValue body)
    {
        var (shipping, billing) = (body["shipping"], body["billing"]);
        string? Either(string name) => shipping[name].Text ?? billing[name].Text;
        return
        [
            ("name", ShopOrder.Joined(" ", Either("first_name"), Either("last_name"))),
            ("phone", billing["phone"].Text ?? shipping["phone"].Text),
            ("email", billing["email"].Text),
            ("wilaya", Either("state")),
            ("city", Either("city")),
            ("address", ShopOrder.Joined(", ", Either("address_1"), Either("address_2"))),
        ];
    }

    private static (string Name, string? Value)[] ItemOf(ShopValue item) =>
    [
        ("id", item["product_id"].Text),
        ("name", item["name"].Text),
        ("variant_id", item["variation_id"].Text is { } id && id != "0" ? id : null),
        ("sku", item["sku"].Text),
        ("quantity", item["quantity"].Amount),
        ("price", item["price"].Amount),
    ];
}
