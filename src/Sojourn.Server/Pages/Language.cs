using System.Globalization;
using System.Text.Json;

namespace Sojourn.Server.Pages;

/// <summary>
/// The words of one language. Pages are written in English; another language is a table from the
/// English text to its own, and what the table lacks stays English.
/// </summary>
internal sealed class Language
{
    private const string Folder = "languages/";

    private readonly IReadOnlyDictionary<string, string> _words;

    private Language(string code, string name, string direction)
    {
        (Code, Name, Direction) = (code, name, direction);
        _words = code == "en" ? new Dictionary<string, string>() : Read(code);
    }

    /// <summary>What pages are written in.</summary>
    public static Language English { get; } = new("en", "English", "ltr");

    /// <summary>All there are, by their own names.</summary>
    public static IReadOnlyList<Language> All { get; } =
        [English, new Language("ar", "العربية", "rtl")];

    /// <summary>Two letters. Source: BCP 47.</summary>
    public string Code { get; }

    /// <summary>As its speakers call it.</summary>
    public string Name { get; }

    /// <summary><c>ltr</c> or <c>rtl</c>.</summary>
    public string Direction { get; }

    /// <summary>The texts it has a translation for.</summary>
    public IEnumerable<string> Known => _words.Keys;

    /// <summary>An English text in this language.</summary>
    public string this[string english] => _words.GetValueOrDefault(english, english);

    /// <summary>An English text with places for values, e.g. <c>{0} sessions</c>.</summary>
    public string Format(string english, params ReadOnlySpan<object?> values) =>
        string.Format(CultureInfo.InvariantCulture, this[english], values);

    /// <summary>The language of a code, else English.</summary>
    public static Language Of(string? code) =>
        All.FirstOrDefault(one => one.Code == code) ?? English;

    private static Dictionary<string, string> Read(string code)
    {
        using var stream = typeof(Language).Assembly
            .GetManifestResourceStream($"{Folder}{code}.json")
            ?? throw new InvalidOperationException($"There is no table of {code}.");
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream) ?? [];
    }
}
