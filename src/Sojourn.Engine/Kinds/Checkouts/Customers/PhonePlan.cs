using System.Text.Json;
using System.Text.RegularExpressions;
using Sojourn.Events;

namespace Sojourn.Kinds.Checkouts.Customers;

/// <summary>
/// How phone numbers of a country look. A port of libphonenumber would take its place if one
/// restored; this knows the countries in phones.json beside it.
/// </summary>
internal sealed class PhonePlan
{
    private static readonly Dictionary<string, PhonePlan> All = ReadAll();

    private readonly Regex _numbers;

    private PhonePlan(string code, string trunk, string numbers)
    {
        (Code, Trunk) = (code, trunk);
        _numbers = new Regex($"^(?:{numbers})$", RegexOptions.NonBacktracking);
    }

    /// <summary>The country's calling code, e.g. <c>213</c>.</summary>
    public string Code { get; }

    /// <summary>What is dialled before a number inside the country; may be empty.</summary>
    public string Trunk { get; }

    /// <summary>The plan of a country, or null when it is not known here.</summary>
    public static PhonePlan? Of(string country) => All.GetValueOrDefault(country);

    /// <summary>The plan a number with its calling code belongs to, or null.</summary>
    public static PhonePlan? OfNumber(string digits)
    {
        var plans = All.Values.Where(one =>
            digits.StartsWith(one.Code, StringComparison.Ordinal)).ToList();
        return plans.Find(one => one.Has(digits[one.Code.Length..])) ?? plans.FirstOrDefault();
    }

    /// <summary>True when the country has such a number, without trunk prefix.</summary>
    public bool Has(string national) => _numbers.IsMatch(national);

    private static Dictionary<string, PhonePlan> ReadAll()
    {
        using var file = JsonDocument.Parse(ShippedFile.Beside<PhonePlan>("phones.json"));
        return file.RootElement.EnumerateObject().ToDictionary(
            one => one.Name,
            one => new PhonePlan(
                one.Value.GetProperty("code").GetString()!,
                one.Value.GetProperty("trunk").GetString()!,
                string.Join('|', one.Value.GetProperty("numbers").EnumerateArray()
                    .Select(pattern => pattern.GetString()))),
            StringComparer.Ordinal);
    }
}
