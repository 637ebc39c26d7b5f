namespace Sojourn.Shop.Pages;

/// <summary>The shop's words in one language.</summary>
/// <param name="Code">Language tag. Source: BCP 47.</param>
/// <param name="Direction"><c>ltr</c> or <c>rtl</c>.</param>
/// <param name="Own">The language's own name.</param>
internal sealed record Texts(string Code, string Direction, string Own)
{
    private readonly Dictionary<string, string> _words = Read($"words-{Code}.txt");

    /// <summary>All languages; the first unless the browser asks for another.</summary>
    public static IReadOnlyList<Texts> All { get; } =
        [new("en", "ltr", "English"), new("fr", "ltr", "Français"), new("ar", "rtl", "العربية")];

    /// <summary>A text by its name.</summary>
    /// <exception cref="KeyNotFoundException">This language lacks it.</exception>
    public string this[string name] => _words[name];

    /// <summary>The language a request asks for: its choice, else its browser's.</summary>
    public static Texts Of(HttpRequest request)
    {
        var asked = request.Cookies["lang"] is { } chosen
            ? [chosen]
            : request.GetTypedHeaders().AcceptLanguage
                .OrderByDescending(one => one.Quality ?? 1)
                .Select(one => one.Value.Value?.Split('-')[0]);
        return asked.Select(code => All.FirstOrDefault(one => one.Code == code))
            .FirstOrDefault(one => one is not null) ?? All[0];
    }

    /// <summary>A product's name in this language.</summary>
    public string NameOf(Product product) =>
        Code == "ar" ? product.ArabicName : product.Name;

    // One text in each line, after its name.
    private static Dictionary<string, string> Read(string file)
    {
        using var lines = new StreamReader(ShopServer.Resource(file));
        return lines.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2))
            .ToDictionary(parts => parts[0], parts => parts[1]);
    }
}
