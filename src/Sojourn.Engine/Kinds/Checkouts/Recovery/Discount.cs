using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Sojourn.Events;
using Sojourn.Sessions;

namespace Sojourn.Kinds.Checkouts.Recovery;

/// <summary>A code that makes one order cheaper, once.</summary>
/// <param name="ActionId">The action that offered it.</param>
/// <param name="By">Who offered it.</param>
/// <param name="AtUs">When, microseconds UTC.</param>
/// <param name="Code">What the customer types; compared without case.</param>
/// <param name="Percent">Off the order, 1 to 100; null = an amount.</param>
/// <param name="Amount">Off the order; null = a percentage.</param>
/// <param name="ExpiresUs">Not good from then on, microseconds UTC; null = never.</param>
public sealed record Discount(
    string ActionId,
    string By,
    long AtUs,
    string Code,
    int? Percent,
    Money? Amount,
    long? ExpiresUs)
{
    /// <summary>Characters of a code: 4 to this many, letters, digits and dashes.</summary>
    public const int CodeCharsMax = 32;

    /// <summary>Codes of one checkout.</summary>
    public const int PerCheckoutMax = 10;

    /// <summary>
    /// The discount an accepted or asked action offers; null when it offers none that is good.
    /// </summary>
    /// <remarks>
    /// <see cref="StaffAction.To"/> is the code, <see cref="StaffAction.Text"/> its terms:
    /// <c>{"percent":10}</c> or <c>{"amount":"500","currency":"DZD"}</c>, with <c>expires</c>
    /// as RFC 3339 when it expires.
    /// </remarks>
    public static Discount? Of(StaffAction action)
    {
        if (!IsCode(action.To))
            return null;

        try
        {
            using var terms = JsonDocument.Parse(action.Text ?? "");
            return terms.RootElement.ValueKind == JsonValueKind.Object
                ? Of(action, action.To, terms.RootElement)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>True for a text that can be a code.</summary>
    public static bool IsCode([NotNullWhen(true)] string? text) =>
        text is { Length: >= 4 and <= CodeCharsMax }
        && text.All(one => char.IsAsciiLetterOrDigit(one) || one == '-');

    /// <summary>True when an order with this code was placed before it expired.</summary>
    public bool IsRedeemedBy(CheckoutOrder? order) =>
        order is not null
        && string.Equals(order.Coupon?.Trim(), Code, StringComparison.OrdinalIgnoreCase)
        && (ExpiresUs is not { } expires || order.AtUs < expires);

    private static Discount? Of(StaffAction action, string code, JsonElement terms)
    {
        var percent = Numbers.NumberOf(terms, "percent");
        var told = Numbers.NumberOf(terms, "amount");
        var amount = told is > 0 && Numbers.TextOf(terms, "currency") is { } currency
            ? Money.From(told.Value, currency)
            : null;
        var isPercent = percent is >= 1 and <= 100 && percent % 1 == 0 && told is null;
        var hasExpiry = terms.TryGetProperty("expires", out var ends)
            && ends.ValueKind != JsonValueKind.Null;
        DateTimeOffset at = default;
        if ((!isPercent && (percent is not null || amount is null))
            || (hasExpiry && (ends.ValueKind != JsonValueKind.String
                || !ends.TryGetDateTimeOffset(out at))))
        {
            return null;
        }

        return new Discount(
            action.Id, action.Actor, action.AcceptedUs, code,
            isPercent ? (int)percent!.Value : null, isPercent ? null : amount,
            hasExpiry ? Micros.From(at) : null);
    }
}
