using System.IO.Enumeration;

namespace Sojourn.Kinds.Checkouts.Reasons;

/// <summary>One rule about why forms are left. What it looks for follows from its signal.</summary>
public sealed record ReasonRule
{
    /// <summary>What it looks for: one of <see cref="ReasonSignals.All"/>.</summary>
    public required string Signal { get; init; }

    /// <summary>The reason it tells; for a stated one, the reason stated is told instead.</summary>
    public required string Reason { get; init; }

    /// <summary>How certain it is, 0.01 to 1.</summary>
    public required decimal Confidence { get; init; }

    /// <summary>False to keep it out of force.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Least share of the cart, in percent; null = any.</summary>
    public int? MinPercent { get; init; }

    /// <summary>Least number; null = one.</summary>
    public int? MinCount { get; init; }

    /// <summary>Least time in seconds; null = any.</summary>
    public int? MinSeconds { get; init; }

    /// <summary>Greatest time until the form was left, in seconds; null = any.</summary>
    public int? WithinSeconds { get; init; }

    /// <summary>Least days; null = any.</summary>
    public int? MinDays { get; init; }

    /// <summary>
    /// Codes, fields or sections it is about; <c>*</c> for any characters. Null = any.
    /// </summary>
    public IReadOnlyList<string>? Words { get; init; }

    internal bool IsAbout(string? word) =>
        Words is null || (word is not null
            && Words.Any(one => FileSystemName.MatchesSimpleExpression(one, word)));
}

/// <summary>What reason rules can look for.</summary>
public static class ReasonSignals
{
    /// <summary>All of them, with what each means.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["stated"] = "A shopping agent said why.",
            ["payment_refused"] = "A payment failed; words: the codes.",
            ["coupon_refused"] = "A discount code was refused and none accepted after it.",
            ["coupon_last"] = "The last field touched was about a code; words: its names.",
            ["fee_then_left"] = "Left in a section (words) or soon after the fee was shown.",
            ["fee"] = "The delivery fee is a great share of the cart.",
            ["errors"] = "Fields that were not accepted and not put right; words: their names.",
            ["stuck"] = "A long look at a field that stayed empty.",
            ["slow_then_left"] = "Delivery takes long, and left in a section (words).",
            ["slow"] = "Delivery takes long.",
            ["no_delivery"] = "Nothing delivers to the region.",
            ["methods"] = "Different payment methods were tried.",
            ["stopped_in"] = "The last field touched is in a section; words: its names.",
            ["stock"] = "A thing was not to be had.",
            ["away"] = "The page was hidden for long, and came back.",
            ["copied"] = "Text was copied.",
            ["dwelt"] = "A long look at one thing (words), then left.",
            ["never_back"] = "The page was hidden and never shown again, without friction.",
            ["first_section"] = "Never past the first section.",
            ["nothing"] = "Always.",
        };
}
