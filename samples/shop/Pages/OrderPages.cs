using System.Text.Json;
using static Sojourn.Shop.Pages.Html;

namespace Sojourn.Shop.Pages;

/// <summary>The cart with the order form, and the page after it.</summary>
internal static class OrderPages
{
    /// <summary>The cart, its timer, and the form.</summary>
    /// <param name="cart">What is ordered.</param>
    /// <param name="sent">What was sent and refused, or an empty form.</param>
    /// <param name="now">The time.</param>
    /// <param name="texts">The language.</param>
    public static string Order(Cart? cart, OrderForm sent, DateTimeOffset now, Texts texts)
    {
        if (cart is null || cart.Lines.Count == 0)
        {
            return $"""
                <h1>{Safe(texts["cart"])}</h1><p>{Safe(texts["empty"])}</p>
                <p><a class="button primary" href="/">{Safe(texts["browse"])}</a></p>
                """;
        }

        var lines = cart.Lines;
        return $"""
            <h1>{Safe(texts["cart"])}</h1>
            {Hold(cart, now, texts)}
            <ul class="lines">{string.Concat(lines.Select((line, i) => Line(line, i, texts)))}</ul>
            {Message(sent, texts)}
            <form method="post" action="/commande" name="commande" class="order"
                  data-sojourn-checkout data-sojourn-currency="{Catalogue.Currency}"
                  data-sojourn-items="{Items(lines)}" data-sojourn-total="{Number(cart.Worth)}"
                  data-worth="{Number(cart.Worth)}">
              {Contact(sent, texts)}
              {Delivery(sent, texts)}
              {Payment(sent, texts)}
              {Total(cart, sent, texts)}
              <input type="hidden" name="checkout" data-sojourn-fill="checkout_id">
              <button class="primary">{Safe(texts["order"])}</button>
            </form>
            """;
    }

    /// <summary>The order is made.</summary>
    public static string Thanks(PlacedOrder order, Texts texts) => $"""
        <section class="thanks" data-order="{Safe(order.Id)}" data-total="{Number(order.Total)}"
                 data-currency="{Catalogue.Currency}">
          {Art.Mark}
          <h1>{Safe(texts["thanks"])}</h1>
          <p>{Safe(texts["placed"])}</p>
          <p><b>{Safe(texts["number"])} {Safe(order.Id)}</b> · {Price(order.Total)}</p>
          <p><a class="button" href="/">{Safe(texts["back"])}</a></p>
        </section>
        """;

    private static string Hold(Cart cart, DateTimeOffset now, Texts texts)
    {
        var prolong = $"""
            <form method="post" action="/panier/prolonger" name="prolonger">
              <button>{Safe(texts["prolong"])}</button></form>
            """;
        if (!(cart.Expires > now))
            return $"<div class=\"hold over\"><p>{Safe(texts["over"])}</p>{prolong}</div>";

        var left = (int)(cart.Expires.Value - now).TotalSeconds;
        return $"""
            <div class="hold"><p>{Safe(texts["held"])}
              <time data-left="{left}" dir="ltr">{left / 60}:{left % 60:D2}</time></p>
              {prolong}</div>
            """;
    }

    private static string Line(CartLine line, int place, Texts texts)
    {
        var name = Safe(texts.NameOf(line.Product));
        return $"""
            <li>{Art.Of(line.Product)}
              <div><b dir="auto">{name}</b><small lang="fr">{Safe(line.Variant)}</small></div>
              <form method="post" action="/panier/ligne" name="ligne">
                <input type="hidden" name="place" value="{place}">
                <label><span class="hidden">{Safe(texts["quantity"])}: {name}</span>
                <input name="quantity" type="number" inputmode="numeric" min="0"
                       max="{Cart.QuantityMax}" value="{line.Quantity}"></label>
                <button>{Safe(texts["change"])}</button>
              </form>
              <span class="price">{Price(line.Worth)}</span></li>
            """;
    }

    private static string Message(OrderForm sent, Texts texts) => sent.Problem is { } problem
        ? $"<p class=\"wrong\" role=\"alert\">{Safe(texts[problem])}</p>"
        : "";

    private static string Contact(OrderForm sent, Texts texts) => $"""
        <fieldset data-sojourn-section="contact"><legend>{Safe(texts["contact"])}</legend>
        {Field("name", "text", "name", sent, texts, "required maxlength=\"80\"")}
        {Field("phone", "tel", "tel", sent, texts,
            $"required pattern=\"{OrderForm.PhonePattern}\" dir=\"ltr\" "
            + $"placeholder=\"{Safe(texts["phone_hint"])}\"")}
        {Field("email", "email", "email", sent, texts, "dir=\"ltr\"")}
        </fieldset>
        """;

    private static string Delivery(OrderForm sent, Texts texts) => $"""
        <fieldset data-sojourn-section="delivery"><legend>{Safe(texts["delivery"])}</legend>
        <div class="field"><label for="wilaya">{Safe(texts["wilaya"])}</label>
        <select id="wilaya" name="wilaya" required data-sojourn-value autocomplete="address-level1">
        <option value=""></option>
        {string.Concat(Wilayas.All.Select(one => Option(one, sent, texts)))}</select></div>
        {Field("city", "text", "address-level2", sent, texts, "required maxlength=\"80\"")}
        {Field("address", "text", "street-address", sent, texts, "required maxlength=\"160\"")}
        </fieldset>
        """;

    private static string Payment(OrderForm sent, Texts texts)
    {
        string Way(string way) => $"""
            <label class="way"><input type="radio" name="payment" value="{way}" required
              data-sojourn-payment {(sent["payment"] == way ? "checked" : "")}>
              {Safe(texts[way])}</label>
            """;
        return $"""
            <fieldset data-sojourn-section="payment"><legend>{Safe(texts["payment"])}</legend>
            {Way("cod")}{Way("card")}
            {Field("coupon", "text", "off", sent, texts, "maxlength=\"20\"", isTold: false)}
            </fieldset>
            """;
    }

    private static string Total(Cart cart, OrderForm sent, Texts texts)
    {
        var wilaya = sent.Wilaya;
        return $"""
            <dl data-sojourn-section="total">
              <div><dt>{Safe(texts["subtotal"])}</dt><dd>{Price(cart.Worth)}</dd></div>
              <div><dt>{Safe(texts["fee"])} <small id="days">{(wilaya is null
                ? "" : $"{wilaya.Days} {Safe(texts["days"])}")}</small></dt>
                <dd id="fee">{(wilaya is null ? "—" : Price(wilaya.Fee))}</dd></div>
              <div class="sum"><dt>{Safe(texts["total"])}</dt>
                <dd id="total">{Price(cart.Worth + (wilaya?.Fee ?? 0))}</dd></div>
            </dl>
            """;
    }

    private static string Field(
        string name, string type, string autocomplete, OrderForm sent, Texts texts,
        string attributes, bool isTold = true) => $"""
        <div class="field"><label for="{name}">{Safe(texts[name])}</label>
        <input id="{name}" name="{name}" type="{type}" autocomplete="{autocomplete}"
          value="{Safe(sent[name])}" {attributes} {(isTold ? "data-sojourn-value" : "")}
          {(sent.Wrong.Contains(name) ? "aria-invalid=\"true\"" : "")}></div>
        """;

    private static string Option(Wilaya wilaya, OrderForm sent, Texts texts)
    {
        var value = $"{wilaya.Code} {wilaya.Name}";
        return $"""
            <option value="{Safe(value)}" data-fee="{wilaya.Fee:0}" data-days="{wilaya.Days}"
              {(sent["wilaya"] == value ? "selected" : "")}>{wilaya.Code}
              {Safe(texts.Code == "ar" ? wilaya.ArabicName : wilaya.Name)}</option>
            """;
    }

    private static string Items(IReadOnlyList<CartLine> lines) =>
        Safe(JsonSerializer.Serialize(lines.Select(line => line.Told)));
}
