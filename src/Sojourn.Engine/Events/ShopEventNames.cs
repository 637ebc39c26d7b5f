using System.Collections.Frozen;

namespace Sojourn.Events;

/// <summary>
/// What shop systems report besides carts, checkouts and orders. Source: docs/guide/shops.md.
/// </summary>
public static class ShopEventNames
{
    /// <summary>A cart's contents now.</summary>
    public const string CartUpdated = "cart_updated";

    /// <summary>The shop threw a checkout away.</summary>
    public const string CheckoutDeleted = "shop_checkout_deleted";

    /// <summary>The shop threw an order's record away.</summary>
    public const string OrderDeleted = "shop_order_deleted";

    /// <summary>The shop took the app away: no more webhooks come.</summary>
    public const string AppUninstalled = "shop_app_uninstalled";

    /// <summary>A customer asked the shop what is stored about them.</summary>
    public const string ExportAsked = "shop_export_asked";

    /// <summary>The shop asks to erase a customer.</summary>
    public const string ErasureAsked = "shop_erasure_asked";

    /// <summary>The shop system asks to erase a shop's customers, all of them.</summary>
    public const string ShopErasureAsked = "shop_closed";

    private static readonly FrozenSet<string> _ofShop = FrozenSet.Create(
        StringComparer.Ordinal,
        CheckoutDeleted, OrderDeleted, AppUninstalled, ExportAsked, ErasureAsked,
        ShopErasureAsked);

    /// <summary>True for what a shop did by itself: no shopper did anything.</summary>
    public static bool IsOfShop(string name) => _ofShop.Contains(name);
}
