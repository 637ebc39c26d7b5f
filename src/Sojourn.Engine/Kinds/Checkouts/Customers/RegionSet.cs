using System.Collections.Frozen;
using System.Text;
using Sojourn.Events;
using Sojourn.Events.Rules;

namespace Sojourn.Kinds.Checkouts.Customers;

/// <summary>The regions customers can be in: data that a project can add countries to.</summary>
public sealed record RegionSet : IRuleSet
{
    /// <summary>What the set is called where rules are kept.</summary>
    public const string Name = "regions";

    /// <summary>Most regions of a project.</summary>
    public const int RegionsMax = 1000;

    private FrozenDictionary<(string Country, string Word), Region>? _index;

    /// <summary>The set that ships: Algeria's 58 wilayas, regions.json beside this file.</summary>
    public static RegionSet Default { get; } = RuleJson.Shipped<RegionSet>("regions.json");

    /// <summary>The regions, in the order people see them.</summary>
    public required IReadOnlyList<Region> Regions { get; init; }

    /// <summary>
    /// The region people mean by a name or code, ignoring case, accents and words such as
    /// "wilaya"; null when it is none of the country's.
    /// </summary>
    /// <param name="told">E.g. <c>Béjaïa</c>, <c>16 - Alger</c>, <c>ولاية وهران</c>.</param>
    /// <param name="country">Two capital letters.</param>
    public Region? Find(string told, string country)
    {
        _index ??= Index();
        var plain = Plain(told);
        if (_index.TryGetValue((country, plain), out var region))
            return region;

        var digits = string.Concat(plain.TakeWhile(char.IsAsciiDigit));
        if (digits.Length > 0)
            return _index.GetValueOrDefault((country, digits.TrimStart('0')));

        var start = Prefixes.FirstOrDefault(one => plain.StartsWith(one, StringComparison.Ordinal));
        return start is null
            ? null
            : _index.GetValueOrDefault((country, plain[start.Length..]));
    }

    // The longest first; written without blanks, as names are compared.
    private static readonly string[] Prefixes = ["wilayade", "wilayad", "wilaya", "ولايه"];

    private FrozenDictionary<(string, string), Region> Index()
    {
        var found = new Dictionary<(string, string), Region>();
        foreach (var region in Regions)
        {
            string[] words =
                [region.Code.TrimStart('0'), .. region.Names.Values, .. region.Also ?? []];
            foreach (var word in words)
                found.TryAdd((region.Country, Plain(word)), region);
        }

        return found.ToFrozenDictionary();
    }

    // Letters and digits alone, without marks; Arabic letters that people interchange are one.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var one in FoldedText.Of(text).Where(char.IsLetterOrDigit))
        {
            plain.Append(one switch
            {
                'ة' => 'ه',
                'ى' => 'ي',
                'ٱ' => 'ا',
                _ when char.IsDigit(one) => (char)('0' + char.GetNumericValue(one)),
                _ => one,
            });
        }

        return plain.ToString();
    }

    /// <inheritdoc/>
    public RuleFault? Fault()
    {
        if (Regions is null || Regions.Count > RegionsMax)
        {
            return new(RuleFault.Invalid, "regions", "There are no regions, or too many.",
                $"Use a list of up to {RegionsMax}.");
        }

        var seen = new HashSet<(string, string)>();
        for (var i = 0; i < Regions.Count; i++)
        {
            if (Regions[i] is not { } one || one.Country is not { Length: 2 }
                || !one.Country.All(char.IsAsciiLetterUpper)
                || one.Code is not { Length: >= 1 and <= 10 }
                || one.Names is not { Count: >= 1 and <= 20 }
                || one.Names.Values.Any(name => name is not { Length: >= 1 and <= 100 }))
            {
                return new(RuleFault.Invalid, $"regions[{i}]",
                    "The region lacks its country, code or names.",
                    "E.g. {\"country\":\"DZ\",\"code\":\"16\",\"names\":{\"fr\":\"Alger\"}}.");
            }

            if (!seen.Add((one.Country, one.Code)))
            {
                return new(RuleFault.Invalid, $"regions[{i}]",
                    $"{one.Country} has two regions {one.Code}.", "Use each code once.");
            }
        }

        return null;
    }
}

/// <summary>A region of a country, as orders name it.</summary>
public sealed record Region
{
    /// <summary>Two capital letters. Source: ISO 3166-1.</summary>
    public required string Country { get; init; }

    /// <summary>The country's own code for it, e.g. <c>16</c>.</summary>
    public required string Code { get; init; }

    /// <summary>What it is called, by language, e.g. <c>fr</c> and <c>ar</c>.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    /// <summary>What else people call it; null = nothing.</summary>
    public IReadOnlyList<string>? Also { get; init; }

    /// <summary>Its name in a language, else in the first there is.</summary>
    public string NameIn(string language) =>
        Names.TryGetValue(language, out var name) ? name : Names.Values.First();
}
