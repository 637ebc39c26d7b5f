using Sojourn.Shop.Pages;

namespace Sojourn.Shop;

/// <summary>What can be asked of the shop.</summary>
internal static class ShopRoutes
{
    private const string HtmlType = "text/html; charset=utf-8";

    private static readonly Dictionary<string, string> Files = new()
    {
        ["shop.css"] = "text/css; charset=utf-8",
        ["shop.js"] = "text/javascript; charset=utf-8",
        ["icon.svg"] = "image/svg+xml",
    };

    public static void MapShop(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (HttpContext context, Carts carts, ShopSettings shop) =>
            Show(context, carts, shop, texts => (texts["tagline"], ProductPages.Index(texts))));
        routes.MapGet("/produits/{id}", ShowProduct);
        routes.MapGet("/commande", ShowOrder);
        routes.MapGet("/merci/{id}", ShowThanks);
        routes.MapGet("/langue/{code}", ChooseLanguage);
        routes.MapPost("/panier", AddAsync);
        routes.MapPost("/panier/ligne", ChangeAsync);
        routes.MapPost("/panier/prolonger", Prolong);
        routes.MapPost("/commande", OrderAsync);
        foreach (var (name, type) in Files)
            routes.MapGet("/" + name, () => Results.Stream(ShopServer.Resource(name), type));
    }

    private static IResult ShowProduct(
        HttpContext context, string id, Carts carts, ShopSettings shop) =>
        Catalogue.Find(id) is { } product
            ? Show(context, carts, shop, texts =>
                (texts.NameOf(product), ProductPages.Product(product, texts)))
            : Results.NotFound();

    private static IResult ShowOrder(HttpContext context, Carts carts, ShopSettings shop) =>
        ShowForm(context, carts, shop, OrderForm.Empty);

    private static IResult ShowForm(
        HttpContext context, Carts carts, ShopSettings shop, OrderForm sent) =>
        Show(context, carts, shop, texts => (texts["cart"], OrderPages.Order(
            carts.Find(context), sent, shop.Clock.GetUtcNow(), texts)));

    private static IResult ShowThanks(
        HttpContext context, string id, Carts carts, Orders orders, ShopSettings shop) =>
        orders.Find(id) is { } order
            ? Show(context, carts, shop, texts =>
                (texts["thanks"], OrderPages.Thanks(order, texts)))
            : Results.NotFound();

    private static IResult ChooseLanguage(HttpContext context, string code)
    {
        context.Response.Cookies.Append(
            "lang", Texts.All.Any(one => one.Code == code) ? code : Texts.All[0].Code);
        return Results.LocalRedirect("/");
    }

    private static async Task<IResult> AddAsync(
        HttpContext context, Carts carts, EventQueue events, ShopSettings shop)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (Catalogue.Find(form["product"]) is not { } product)
            return Results.NotFound();

        var cart = carts.Of(context);
        var variant = product.Variants.FirstOrDefault(one => one == form["variant"])
            ?? product.Variants[0];
        var quantity = int.TryParse(form["quantity"], out var told) ? told : 1;
        Tell(context, events, cart.Add(product, variant, quantity, shop.Clock.GetUtcNow()), cart);
        return Results.LocalRedirect("/commande");
    }

    private static async Task<IResult> ChangeAsync(
        HttpContext context, Carts carts, EventQueue events)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (carts.Find(context) is { } cart
            && int.TryParse(form["place"], out var place)
            && int.TryParse(form["quantity"], out var quantity)
            && cart.Change(place, quantity) is { } name)
        {
            Tell(context, events, name, cart);
        }

        return Results.LocalRedirect("/commande");
    }

    private static IResult Prolong(
        HttpContext context, Carts carts, EventQueue events, ShopSettings shop)
    {
        if (carts.Find(context) is { } cart && cart.Prolong(shop.Clock.GetUtcNow()) is { } name)
            Tell(context, events, name, cart);
        return Results.LocalRedirect("/commande");
    }

    private static async Task<IResult> OrderAsync(
        HttpContext context, Carts carts, Orders orders, Coupons coupons, EventQueue events,
        ShopSettings shop)
    {
        var sent = await OrderForm.OfAsync(
            await context.Request.ReadFormAsync(context.RequestAborted),
            coupons, context.RequestAborted);
        if (carts.Find(context) is not { Lines.Count: > 0 } cart)
            return Results.LocalRedirect("/commande");

        var teller = new OrderTeller(events, WhoOf(context), cart, sent);
        if (!sent.IsGood())
        {
            teller.TellRefusal();
            return ShowForm(context, carts, shop, sent);
        }

        var order = orders.Place(sent.TotalOf(cart));
        teller.TellOrder(order);
        carts.Close(context, cart);
        return Results.LocalRedirect("/merci/" + order.Id);
    }

    private static IResult Show(
        HttpContext context, Carts carts, ShopSettings shop,
        Func<Texts, (string Title, string Body)> page)
    {
        var texts = Texts.Of(context.Request);
        var (title, body) = page(texts);
        var pieces = carts.Find(context)?.Lines.Sum(line => line.Quantity) ?? 0;
        return Results.Content(Html.Page(shop, texts, title, pieces, body), HtmlType);
    }

    private static void Tell(HttpContext context, EventQueue events, string name, Cart cart) =>
        events.Tell(name, WhoOf(context), new
        {
            cart_token = cart.Token,
            items = cart.Lines.Select(line => line.Told),
            currency = Catalogue.Currency,
            hold_for = (int)Cart.HoldFor.TotalSeconds,
        });

    private static Shopper WhoOf(HttpContext context) =>
        Shopper.Of(context.Request, Texts.Of(context.Request).Code);
}
