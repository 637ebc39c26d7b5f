using Sojourn.Events;

namespace Sojourn.Kinds.Checkouts.Reasons;

/// <summary>Something that happened on a form and may be why it was left.</summary>
/// <param name="Kind">What: one of <see cref="Signs"/>.</param>
/// <param name="EventId">The event that tells.</param>
/// <param name="AtUs">When, microseconds UTC.</param>
/// <param name="Target">The field, code, method or reason it is about; null = none.</param>
/// <param name="Number">Milliseconds, days or percent, by kind; null = none.</param>
/// <param name="Amount">The money it is about; null = none.</param>
/// <param name="Text">What was said in words; null = nothing.</param>
public sealed record Sign(
    string Kind,
    string EventId,
    long AtUs,
    string? Target = null,
    long? Number = null,
    Money? Amount = null,
    string? Text = null);

/// <summary>The kinds of <see cref="Sign"/>.</summary>
public static class Signs
{
    /// <summary>A shopping agent said why: the reason, with its summary.</summary>
    public const string Stated = "stated";

    /// <summary>A payment failed: the code.</summary>
    public const string PaymentFailed = "payment_failed";

    /// <summary>A discount code was refused: the code.</summary>
    public const string CouponRefused = "coupon_refused";

    /// <summary>A discount code was accepted: the code.</summary>
    public const string CouponAccepted = "coupon_accepted";

    /// <summary>The delivery fee was shown: the fee, in percent of the cart.</summary>
    public const string Fee = "fee";

    /// <summary>The days of delivery were shown: the days.</summary>
    public const string Days = "days";

    /// <summary>Nothing delivers there: the region.</summary>
    public const string NoDelivery = "no_delivery";

    /// <summary>Something delivers there after all.</summary>
    public const string Delivery = "delivery";

    /// <summary>A field was not accepted: the field, with the code.</summary>
    public const string Error = "error";

    /// <summary>A long look at one thing: the field or section, milliseconds.</summary>
    public const string Dwell = "dwell";

    /// <summary>A payment method was chosen: the method.</summary>
    public const string Method = "payment_method";

    /// <summary>A thing is not to be had: the thing.</summary>
    public const string Stock = "stock";

    /// <summary>Text was copied: the section.</summary>
    public const string Copy = "copy";

    /// <summary>The page was hidden.</summary>
    public const string Hidden = "hidden";

    /// <summary>The page was shown again: how long it had been hidden, milliseconds.</summary>
    public const string Shown = "shown";
}
