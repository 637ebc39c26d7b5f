using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

namespace Sojourn.Shop;

/// <summary>What one shopper is about to buy. Changed under its own lock.</summary>
internal sealed class Cart
{
    /// <summary>How long stock is held.</summary>
    public static readonly TimeSpan HoldFor = TimeSpan.FromMinutes(15);

    /// <summary>Most of one thing that one cart may hold.</summary>
    public const int QuantityMax = 5;

    private readonly Lock _lock = new();
    private readonly List<CartLine> _lines = [];

    /// <summary>Names the cart to nobody but its owner.</summary>
    public string Token { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>When stock is held no longer; null while nothing is.</summary>
    public DateTimeOffset? Expires { get; private set; }

    /// <summary>What is in it, as it stands.</summary>
    public IReadOnlyList<CartLine> Lines
    {
        get
        {
            lock (_lock)
                return [.. _lines];
        }
    }

    /// <summary>For all pieces, without delivery.</summary>
    public decimal Worth => Lines.Sum(line => line.Worth);

    /// <summary>Puts pieces of a product into it.</summary>
    /// <returns>The event that tells it: the first piece begins the hold.</returns>
    public string Add(Product product, string variant, int quantity, DateTimeOffset now)
    {
        lock (_lock)
        {
            var place = _lines.FindIndex(one => one.Product == product && one.Variant == variant);
            var had = place < 0 ? 0 : _lines[place].Quantity;
            var line = new CartLine(product, variant, Math.Clamp(had + quantity, 1, QuantityMax));
            if (place < 0)
                _lines.Add(line);
            else
                _lines[place] = line;

            if (Expires > now)
                return "reservation_updated";
            Expires = now + HoldFor;
            return "reservation_created";
        }
    }

    /// <summary>Changes how many of a line there are; none takes it away.</summary>
    /// <returns>The event that tells it, or null when there is no such line.</returns>
    public string? Change(int place, int quantity)
    {
        lock (_lock)
        {
            if (place < 0 || place >= _lines.Count)
                return null;

            if (quantity > 0)
                _lines[place] = _lines[place] with { Quantity = Math.Min(quantity, QuantityMax) };
            else
                _lines.RemoveAt(place);
            if (_lines.Count > 0)
                return "reservation_updated";

            Expires = null;
            return "reservation_released";
        }
    }

    /// <summary>Holds longer, or holds again after the time ran out.</summary>
    /// <returns>The event that tells it, or null when there is nothing to hold.</returns>
    public string? Prolong(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_lines.Count == 0)
                return null;

            var runs = Expires > now;
            Expires = (runs ? Expires!.Value : now) + HoldFor;
            return runs ? "reservation_extended" : "reservation_renewed";
        }
    }
}

/// <summary>A product in a cart.</summary>
internal sealed record CartLine(Product Product, string Variant, int Quantity)
{
    /// <summary>For all its pieces.</summary>
    public decimal Worth => Product.Price * Quantity;

    /// <summary>As events tell it.</summary>
    public object Told => new
    {
        variant = $"{Product.Id}:{Variant}",
        id = Product.Id,
        product = Product.Name,
        name = Product.Name,
        quantity = Quantity,
        price = Product.Price.ToString("0.00", CultureInfo.InvariantCulture),
    };
}

/// <summary>All carts, in memory: a demo forgets them with its process.</summary>
internal sealed class Carts
{
    private const int CartsMax = 10_000;
    private const string Cookie = "cart";

    private readonly ConcurrentDictionary<string, Cart> _carts = new(StringComparer.Ordinal);

    /// <summary>The shopper's cart, or a new one that their browser is told of.</summary>
    public Cart Of(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is { } token && _carts.TryGetValue(token, out var cart))
            return cart;

        if (_carts.Count >= CartsMax)
            _carts.Clear();
        cart = new Cart();
        _carts[cart.Token] = cart;
        context.Response.Cookies.Append(Cookie, cart.Token, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            IsEssential = true,
        });
        return cart;
    }

    /// <summary>Looks without making one.</summary>
    public Cart? Find(HttpContext context) =>
        context.Request.Cookies[Cookie] is { } token ? _carts.GetValueOrDefault(token) : null;

    /// <summary>The order is made; the cart is no more.</summary>
    public void Close(HttpContext context, Cart cart)
    {
        _carts.TryRemove(cart.Token, out _);
        context.Response.Cookies.Delete(Cookie);
    }
}
