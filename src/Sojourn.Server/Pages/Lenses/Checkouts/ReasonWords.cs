using Sojourn.Kinds.Checkouts.Reasons;

namespace Sojourn.Server.Pages.Lenses.Checkouts;

/// <summary>Reasons, and ranges of progress, in words.</summary>
internal static class ReasonWords
{
    /// <summary>Reasons.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } =
        new Dictionary<string, string>
        {
            ["payment_failed"] = "Payment failed",
            ["coupon_friction"] = "Coupon friction",
            ["shipping_cost"] = "Shipping cost",
            ["form_friction"] = "Form friction",
            ["delivery_time"] = "Delivery time",
            ["delivery_unavailable"] = "No delivery there",
            ["payment_choice"] = "Payment choice",
            ["stock_wait"] = "Out of stock",
            ["comparison"] = "Comparing",
            ["price_shock"] = "Price shock",
            ["distracted"] = "Distracted",
            ["low_intent"] = "Low intent",
            ["price_sensitivity"] = "Too expensive",
            ["shipping_speed"] = "Shipping too slow",
            ["product_fit"] = "Product does not fit",
            ["trust_security"] = "Lack of trust",
            ["returns_policy"] = "Returns policy",
            ["payment_options"] = "Payment options",
            ["timing_deferred"] = "Later",
            ["other"] = "Other reason",
            [Reason.Unknown] = "Unknown reason",
        };

    /// <summary>Ranges of progress.</summary>
    public static IReadOnlyDictionary<string, string> Ranges { get; } =
        new Dictionary<string, string>
        {
            ["0-24"] = "0–24 %",
            ["25-49"] = "25–49 %",
            ["50-74"] = "50–74 %",
            ["75-99"] = "75–99 %",
            ["100"] = "100 %",
        };

    /// <summary>A reason; one without words stands for itself.</summary>
    public static string Of(string reason) => All.GetValueOrDefault(reason, reason);

    /// <summary>What a sign says, with places for its target and amount.</summary>
    public static string Of(Sign sign) => sign.Kind switch
    {
        Signs.Stated => "Said why: {0}",
        Signs.PaymentFailed => "Payment failed: {0}",
        Signs.CouponRefused => "Code {0} was refused",
        Signs.CouponAccepted => "Code {0} was accepted",
        Signs.Fee => "Delivery fee shown: {1}",
        Signs.Days => "Delivery takes {2} days",
        Signs.NoDelivery => "Nothing delivers to {0}",
        Signs.Error => "Field {0} was not accepted",
        Signs.Dwell => "Looked at {0} for {3}",
        Signs.Method => "Tried to pay by {0}",
        Signs.Stock => "{0} was not in stock",
        Signs.Copy => "Copied text",
        Signs.Hidden => "Left the tab",
        Signs.Shown => "Came back after {3}",
        _ => "{0}",
    };

    /// <summary>
    /// Why in a sentence, with places for target, amount, number, length and where.
    /// </summary>
    public static string SentenceOf(Reason reason) => reason.Rule switch
    {
        "stated" => "The shopping agent said so.",
        "payment_refused" => "The payment failed ({0}) and was not made another way.",
        "coupon_refused" => "The code {0} was refused.",
        "coupon_last" => "The last thing touched was the field for a code.",
        "fee_then_left" => "The fee of {1} is {2}% of the cart, and the customer left soon after.",
        "fee" => "The fee of {1} is {2}% of the cart.",
        "errors" => "The field {0} was not accepted and not put right.",
        "stuck" => "The customer looked at {0} for {3} and left it empty.",
        "slow_then_left" => "Delivery takes {2} days, and the customer left at shipping.",
        "slow" => "Delivery takes {2} days.",
        "no_delivery" => "Nothing delivers to the customer's region.",
        "methods" => "More than one payment method was tried.",
        "stopped_in" => "The customer stopped at {4}.",
        "stock" => "{0} was not in stock.",
        "away" => "The customer went away and came back, more than once.",
        "copied" => "The customer copied text from the page.",
        "dwelt" => "The customer looked at {0} for {3}, then left.",
        "never_back" => "The customer went to another tab and never came back.",
        "first_section" => "The customer never got past the first section.",
        _ => "Nothing tells why.",
    };
}
