using System.Text;

namespace Sojourn.Kinds.Checkouts.Customers;

/// <summary>How sure it is that a phone number can be called.</summary>
public enum PhoneValidity
{
    /// <summary>It cannot be one.</summary>
    Invalid,

    /// <summary>Its length is right; its country's numbers are not known here.</summary>
    Possible,

    /// <summary>It is in the plan of its country.</summary>
    Valid,
}

/// <summary>A phone number as the network knows it. Source: ITU-T E.164.</summary>
/// <param name="E164">E.g. <c>+213551234567</c>; null when it cannot be one.</param>
/// <param name="Validity">How sure that is.</param>
public sealed record PhoneNumber(string? E164, PhoneValidity Validity)
{
    private const int DigitsMax = 15;
    private const int DigitsMin = 8;

    /// <summary>Reads a number as people type it, in any digits.</summary>
    /// <param name="told">E.g. <c>0551 23 45 67</c>, <c>+213 (0) 551…</c>, <c>٠٥٥١…</c>.</param>
    /// <param name="country">Where a number without a country code is; null = unknown.</param>
    public static PhoneNumber Read(string told, string? country)
    {
        if (DigitsOf(told) is not { } digits)
            return new(null, PhoneValidity.Invalid);

        if (digits.StartsWith('+'))
            return International(digits[1..]);
        if (digits.StartsWith("00", StringComparison.Ordinal))
            return International(digits[2..]);
        if (country is null || PhonePlan.Of(country) is not { } plan)
            return new(null, PhoneValidity.Invalid);

        if (National(plan, digits) is { } known)
            return known;

        // Typed with the country's code and without its plus.
        return digits.StartsWith(plan.Code, StringComparison.Ordinal)
            && National(plan, digits[plan.Code.Length..]) is { } whole
                ? whole
                : new(null, PhoneValidity.Invalid);
    }

    private static PhoneNumber International(string digits)
    {
        if (digits.Length is < DigitsMin or > DigitsMax || digits[0] == '0')
            return new(null, PhoneValidity.Invalid);
        if (PhonePlan.OfNumber(digits) is not { } plan)
            return new("+" + digits, PhoneValidity.Possible);

        return National(plan, digits[plan.Code.Length..])
            ?? new(null, PhoneValidity.Invalid);
    }

    private static PhoneNumber? National(PhonePlan plan, string digits)
    {
        var inner = plan.Trunk.Length > 0
            && digits.StartsWith(plan.Trunk, StringComparison.Ordinal)
                ? digits[plan.Trunk.Length..]
                : digits;
        return plan.Has(inner)
            ? new PhoneNumber($"+{plan.Code}{inner}", PhoneValidity.Valid)
            : null;
    }

    // Digits of any script, and a plus in front; null when there is something else in it.
    private static string? DigitsOf(string told)
    {
        var digits = new StringBuilder(told.Length);
        foreach (var one in told.Trim())
        {
            if (char.IsDigit(one))
                digits.Append((char)('0' + char.GetNumericValue(one)));
            else if (one is '+' or '\uFF0B' && digits.Length == 0)
                digits.Append('+');
            else if (!IsBetween(one))
                return null;
        }

        return digits.Length == 0 ? null : digits.ToString();
    }

    private static bool IsBetween(char one) =>
        char.IsWhiteSpace(one) || one is '-' or '.' or '(' or ')' or '/'
            or '\u2010' or '\u2011' or '\u2013' or '\u200E' or '\u200F' or '\u202A' or '\u202C';
}
