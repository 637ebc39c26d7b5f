using System.Text.Json;
using Sojourn.Events;
using Sojourn.Server.Api;

namespace Sojourn.Server.Discounts;

/// <summary>What a code is worth: asked by a shop before it takes something off.</summary>
internal static class DiscountsApi
{
    private static readonly Problem Unknown = new(
        404, "discount_unknown", "No such code is offered.",
        "Take it as a code of the shop's own, or refuse it.");

    public static void MapDiscountsApi(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/discounts/{code}", FindAsync).Needs(Policy.Read);

    /// <summary>The code with its terms and state; 404.</summary>
    internal static async Task FindAsync(
        HttpContext context, string code, DiscountCodes codes, TimeProvider clock)
    {
        var found = await codes.FindAsync(
            context.Project().Id, code.Trim(), context.RequestAborted);
        if (found is null)
            await Unknown.WriteAsync(context);
        else
            await context.AnswerAsync(json => Write(json, found, clock.NowUs()));
    }

    private static void Write(Utf8JsonWriter json, OfferedCode found, long nowUs)
    {
        var terms = found.Discount;
        json.WriteStartObject();
        json.WriteString("code"u8, terms.Code);
        json.WriteString("state"u8, found.StateAt(nowUs));
        if (terms.Percent is { } percent)
            json.WriteNumber("percent"u8, percent);
        if (terms.Amount is { } amount)
        {
            json.WritePropertyName("amount"u8);
            json.WriteMoney(amount);
        }

        if (terms.ExpiresUs is { } expires)
            json.WriteTime("expires"u8, expires);
        json.WriteString("session"u8, found.Session.ToString());
        json.WriteString("by"u8, terms.By);
        json.WriteTime("at"u8, terms.AtUs);
        json.WriteEndObject();
    }
}
