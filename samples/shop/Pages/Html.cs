using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Sojourn.Shop.Pages;

/// <summary>Writes a shop page: what goes in is text, what comes out is safe HTML.</summary>
internal static class Html
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    // Thin spaces between thousands, as in French and Algerian prices.
    private static readonly NumberFormatInfo Dinars =
        new() { NumberGroupSeparator = "\u202F", NumberGroupSizes = [3] };

    /// <summary>Text made safe for elements and attributes in double quotes.</summary>
    public static string Safe(string? text) => Encoder.Encode(text ?? "");

    /// <summary>An amount of dinars, for people; reads the same in both directions.</summary>
    public static string Price(decimal amount) =>
        $"<bdi>{amount.ToString("N0", Dinars)}\u00A0DA</bdi>";

    /// <summary>An amount, for machines.</summary>
    public static string Number(decimal amount) =>
        amount.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A whole page.</summary>
    /// <param name="shop">Whose.</param>
    /// <param name="texts">Its language.</param>
    /// <param name="title">Its title.</param>
    /// <param name="pieces">Pieces in the cart.</param>
    /// <param name="body">What is on it, safe already.</param>
    public static string Page(
        ShopSettings shop, Texts texts, string title, int pieces, string body)
    {
        var origin = Safe(shop.Sojourn.GetLeftPart(UriPartial.Authority));
        var languages = string.Concat(Texts.All.Select(one => $"""
            <a href="/langue/{one.Code}" lang="{one.Code}" dir="{one.Direction}"
               {(one == texts ? "aria-current=\"true\"" : "")}>{one.Own}</a>
            """));
        var count = pieces == 0 ? "" : $"<span class=\"count\">{pieces}</span>";
        return $"""
            <!doctype html>
            <html lang="{texts.Code}" dir="{texts.Direction}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Safe(title)} · Maison Atlas</title>
            <link rel="stylesheet" href="/shop.css">
            <link rel="icon" href="/icon.svg">
            <script defer src="/shop.js"></script>
            <script async src="{origin}/s.js" data-key="{Safe(shop.WriteKey)}"></script>
            </head>
            <body>
            <a class="skip" href="#main">{Safe(texts["skip"])}</a>
            <header>
              <a class="brand" href="/">{Art.Mark}<span><b>Maison Atlas</b>
                <small>{Safe(texts["tagline"])}</small></span></a>
              <a class="cart" href="/commande">{Safe(texts["cart"])} {count}</a>
            </header>
            <main id="main">{body}</main>
            <footer><nav aria-label="{Safe(texts["language"])}">{languages}</nav>
              <p>{Safe(texts["made_up"])}</p></footer>
            </body>
            </html>
            """;
    }
}
