using static Sojourn.Shop.Pages.Html;

namespace Sojourn.Shop.Pages;

/// <summary>The pages where things are looked at.</summary>
internal static class ProductPages
{
    /// <summary>All products.</summary>
    public static string Index(Texts texts) => $"""
        <section class="hero"><h1>{Safe(texts["tagline"])}</h1>
          <p>{Safe(texts["intro"])}</p></section>
        <ul class="grid">{string.Concat(Catalogue.Products.Select(one => Card(one, texts)))}</ul>
        """;

    /// <summary>One product, to choose and hold.</summary>
    public static string Product(Product product, Texts texts) => $"""
        <article class="product">
          <div class="frame">{Art.Of(product)}</div>
          <div>
            <p class="craft" lang="fr">{Safe(product.Craft)}</p>
            <h1>{Name(product, texts)}</h1>
            <p class="other">{OtherName(product, texts)}</p>
            <p class="price">{Price(product.Price)}</p>
            <p lang="fr" dir="ltr">{Safe(product.Words)}</p>
            <form method="post" action="/panier" name="panier">
              <input type="hidden" name="product" value="{Safe(product.Id)}">
              <label for="variant">{Safe(texts["choose"])}</label>
              <select id="variant" name="variant" lang="fr">{Variants(product)}</select>
              <label for="quantity">{Safe(texts["quantity"])}</label>
              <input id="quantity" name="quantity" type="number" inputmode="numeric"
                     min="1" max="{Cart.QuantityMax}" value="1">
              <button class="primary" data-sojourn-event="product_added"
                data-sojourn-product-id="{Safe(product.Id)}"
                data-sojourn-price="{Number(product.Price)}">{Safe(texts["add"])}</button>
            </form>
          </div>
        </article>
        """;

    private static string Card(Product product, Texts texts) => $"""
        <li><a href="/produits/{Safe(product.Id)}">
          <span class="frame">{Art.Of(product)}</span>
          <b>{Name(product, texts)}</b>
          <small>{OtherName(product, texts)}</small>
          <span class="price">{Price(product.Price)}</span></a></li>
        """;

    private static string Variants(Product product) => string.Concat(
        product.Variants.Select(one => $"<option>{Safe(one)}</option>"));

    // In English the French names stay.
    private static string Name(Product product, Texts texts) =>
        $"<span lang=\"{(texts.Code == "ar" ? "ar" : "fr")}\">{Safe(texts.NameOf(product))}</span>";

    // The name in the country's other script.
    private static string OtherName(Product product, Texts texts)
    {
        var other = Texts.All.First(one => one.Code == (texts.Code == "ar" ? "fr" : "ar"));
        return $"<bdi lang=\"{other.Code}\">{Safe(other.NameOf(product))}</bdi>";
    }
}
