using System.Globalization;
using System.IO.Enumeration;
using System.Net;

namespace Sojourn.Events.Rules;

/// <summary>One question about one value of an event.</summary>
/// <param name="Property">One of <see cref="EventFacts.Known"/>, or a property.</param>
/// <param name="Is">How it compares.</param>
/// <param name="Value">
/// What with; null for <see cref="Comparison.Exists"/> and <see cref="Comparison.Missing"/>.
/// </param>
public sealed record PropertyTest(string Property, Comparison Is, string? Value = null)
{
    /// <summary>Characters of a name or value.</summary>
    public const int CharsMax = 500;

    private readonly decimal? _number = NumberOf(Value);

    private readonly IPNetwork? _network =
        Is == Comparison.InNetwork && IPNetwork.TryParse(Value, out var network) ? network : null;

    /// <summary>True when the event meets it.</summary>
    public bool Holds(Event e)
    {
        var found = EventFacts.Of(e, Property);
        return Is switch
        {
            Comparison.Exists => found is not null,
            Comparison.Missing => found is null,
            Comparison.NotEquals => found is null || !IsSame(found),
            Comparison.NotContains => found is null || !Has(found),
            _ => found is not null && Compares(found),
        };
    }

    /// <summary>What is wrong with it by itself; null when nothing is.</summary>
    public RuleFault? FaultAt(string field) =>
        Property is null or "" || Property.Length > CharsMax
            ? new(RuleFault.Invalid, field + ".property", "There is no property named.",
                $"Name a property in up to {CharsMax} characters.")
        : Is is Comparison.Exists or Comparison.Missing ? null
        : Value is null || Value.Length > CharsMax
            ? new(RuleFault.Invalid, field + ".value", "There is no value to compare with.",
                $"Give a value of up to {CharsMax} characters.")
        : Is is Comparison.AtLeast or Comparison.AtMost && _number is null
            ? new(RuleFault.NeverMatches, field + ".value", $"{Value} is no number.",
                "Compare with a number such as 49.5.")
        : Is == Comparison.InNetwork && _network is null
            ? new(RuleFault.NeverMatches, field + ".value", $"{Value} is no network.",
                "Write it like 10.0.0.0/8 or 2001:db8::/32.")
        : null;

    /// <summary>True when no event can meet both.</summary>
    internal bool Excludes(PropertyTest other)
    {
        if (!Property.Equals(other.Property, StringComparison.Ordinal))
            return false;

        return (Is, other.Is) switch
        {
            (Comparison.Equals, Comparison.Equals) => !IsSame(other.Value!),
            (Comparison.Equals, Comparison.NotEquals) => IsSame(other.Value!),
            (Comparison.Equals, not (Comparison.Exists or Comparison.Missing)) =>
                !other.Compares(Value!) && other.Is != Comparison.NotContains,
            (Comparison.Missing, not (Comparison.Missing or Comparison.NotEquals
                or Comparison.NotContains)) => true,
            (Comparison.AtLeast, Comparison.AtMost) => _number > other._number,
            _ => false,
        };
    }

    private bool Compares(string found) => Is switch
    {
        Comparison.Equals => IsSame(found),
        Comparison.Contains => Has(found),
        Comparison.StartsWith => found.StartsWith(Value!, StringComparison.OrdinalIgnoreCase),
        Comparison.EndsWith => found.EndsWith(Value!, StringComparison.OrdinalIgnoreCase),
        Comparison.Like => FileSystemName.MatchesSimpleExpression(Value, found),
        Comparison.AtLeast => NumberOf(found) >= _number,
        Comparison.AtMost => NumberOf(found) <= _number,
        Comparison.InNetwork => _network is { } network
            && IPAddress.TryParse(found, out var address) && network.Contains(address),
        _ => false,
    };

    private bool IsSame(string found) => found.Equals(Value, StringComparison.OrdinalIgnoreCase);

    private bool Has(string found) => found.Contains(Value!, StringComparison.OrdinalIgnoreCase);

    private static decimal? NumberOf(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
