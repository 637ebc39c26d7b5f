using System.Text.RegularExpressions;

namespace Sojourn.Shop;

/// <summary>An order form as it was sent, and what is wrong with it.</summary>
/// <param name="sent">The values by field.</param>
internal sealed partial class OrderForm(IReadOnlyDictionary<string, string> sent)
{
    /// <summary>Algerian mobile numbers, as people write them.</summary>
    public const string PhonePattern = @"(\+213|00213|0) ?[567]([ .\-]?[0-9]){8}";

    private const int TextMax = 160;

    private static readonly string[] Required =
        ["name", "phone", "wilaya", "city", "address", "payment"];

    /// <summary>A form nobody has touched.</summary>
    public static OrderForm Empty { get; } = new(new Dictionary<string, string>());

    /// <summary>A field's value; empty when it was not sent.</summary>
    public string this[string field] => sent.GetValueOrDefault(field, "");

    /// <summary>Fields that are not as they should be.</summary>
    public IReadOnlyList<string> Wrong { get; private set; } = [];

    /// <summary>Name of the text that says why it was refused; null when it was not.</summary>
    public string? Problem { get; private set; }

    /// <summary>Where to, or null while nobody said.</summary>
    public Wilaya? Wilaya =>
        Wilayas.All.FirstOrDefault(one => $"{one.Code} {one.Name}" == this["wilaya"]);

    /// <summary>Reads what a browser sent.</summary>
    public static async Task<OrderForm> OfAsync(
        IFormCollection form, Coupons coupons, CancellationToken cancel)
    {
        var sent = form.ToDictionary(
            one => one.Key,
            one => one.Value.ToString() is { Length: <= TextMax } text ? text.Trim() : "");
        return new OrderForm(sent)
        {
            Coupon = await coupons.FindAsync(sent.GetValueOrDefault("coupon", ""), cancel),
        };
    }

    /// <summary>Judges it.</summary>
    public bool IsGood()
    {
        Wrong =
        [
            .. Required.Where(field => this[field].Length == 0),
            .. this["phone"].Length > 0 && !Phone().IsMatch(this["phone"]) ? ["phone"]
                : Array.Empty<string>(),
        ];
        Problem = Wrong.Count > 0 || Wilaya is null ? "wrong"
            : HasCoupon && Coupon is null ? "coupon_wrong"
            // Cards are always refused here: that is what a failed payment looks like.
            : this["payment"] == "card" ? "card_failed"
            : null;
        return Problem is null;
    }

    /// <summary>True when a code was given.</summary>
    public bool HasCoupon => this["coupon"].Length > 0;

    /// <summary>What the code is worth; null = nothing.</summary>
    public Coupon? Coupon { get; init; }

    /// <summary>What is paid for a cart, in dinars.</summary>
    public decimal TotalOf(Cart cart) =>
        (Coupon?.Of(cart.Worth) ?? cart.Worth) + (Wilaya?.Fee ?? 0);

    [GeneratedRegex("^" + PhonePattern + "$")]
    private static partial Regex Phone();
}

/// <summary>An order that was made.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Total">In dinars.</param>
internal sealed record PlacedOrder(string Id, decimal Total);
