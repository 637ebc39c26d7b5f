using System.Globalization;

namespace Sojourn.Events;

/// <summary>An amount in its currency's smallest unit; never a floating-point number.</summary>
/// <param name="MinorUnits">Whole minor units: 1999 is 19.99 EUR. A refund is negative.</param>
/// <param name="Currency">Three upper-case letters, e.g. <c>EUR</c>. Source: ISO 4217.</param>
public readonly record struct Money(long MinorUnits, string Currency)
{
    /// <summary>
    /// Decimal places of a currency. Source: ISO 4217, the ones that are not two.
    /// </summary>
    public static int DecimalsOf(string currency) => currency switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF"
            or "UGX" or "UYI" or "VND" or "VUV" or "XAF" or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        _ => 2,
    };

    /// <summary>
    /// Takes a decimal amount; parts below the smallest unit are rounded to even.
    /// </summary>
    /// <param name="amount">The amount in whole units: 19.99 is 19.99 EUR.</param>
    /// <param name="currency">Three letters in any case.</param>
    /// <returns>Null when the currency is not three letters or the amount does not fit.</returns>
    public static Money? From(decimal amount, string currency)
    {
        if (currency.Length != 3 || !currency.All(char.IsAsciiLetter))
            return null;

        var code = currency.ToUpperInvariant();
        var factor = DecimalsOf(code) switch { 0 => 1m, 3 => 1000m, _ => 100m };
        return Math.Abs(amount) > long.MaxValue / factor / 2
            ? null
            : new Money((long)Math.Round(amount * factor, MidpointRounding.ToEven), code);
    }

    /// <summary>Adds two amounts of one currency.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static Money operator +(Money left, Money right) =>
        left.Currency == right.Currency
            ? left with { MinorUnits = checked(left.MinorUnits + right.MinorUnits) }
            : throw new InvalidOperationException(
                $"Cannot add {right.Currency} to {left.Currency}; convert first.");

    /// <summary>
    /// The amount as a decimal text with the currency's places, e.g. <c>19.99</c>.
    /// </summary>
    public string Amount
    {
        get
        {
            var decimals = DecimalsOf(Currency);
            var factor = decimals switch { 0 => 1m, 3 => 1000m, _ => 100m };
            return (MinorUnits / factor).ToString("F" + decimals, CultureInfo.InvariantCulture);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Amount} {Currency}";
}
