namespace Sojourn.Shop.Pages;

/// <summary>Drawings for the crafts, so that no picture has to be fetched from anywhere.</summary>
internal static class Art
{
    /// <summary>The shop's mark: two mountains.</summary>
    public const string Mark = """
        <svg viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" class="mark">
          <path d="M2 26 12 9l5 8 4-6 9 15z"/></svg>
        """;

    // By product where it has a drawing of its own, else by craft.
    private static readonly Dictionary<string, string> Drawings = new()
    {
        ["plateau-cuivre"] = """
            <circle cx="100" cy="100" r="62"/><circle cx="100" cy="100" r="50" class="cut"/>
            <path d="m100 66 10 24 24 10-24 10-10 24-10-24-24-10 24-10z" class="cut"/>
            """,
        ["lanterne-laiton"] = """
            <path d="M76 74h48l12 66H64zM84 148h32v12H84zM82 64q4-20 18-20t18 20z"/>
            <path d="M100 44V30" class="line"/><path d="m100 86 14 22-14 22-14-22z" class="cut"/>
            """,
        ["miel-jujubier"] = """
            <path d="M66 76h68v70q0 14-14 14H80q-14 0-14-14zM70 48h60v18H70z"/>
            <path d="m100 92 17 10v20l-17 10-17-10v-20z" class="cut"/>
            """,
        ["huile-olive"] = """
            <path d="M90 36h20v32q16 8 16 28v56q0 8-8 8H82q-8 0-8-8V96q0-20 16-28z"/>
            <path d="M86 116q14-20 28 0-14 20-28 0z" class="hole"/>
            """,
        ["dattes-deglet"] = """
            <path d="M100 36v40M100 60 70 84m30-24 30 24" class="line"/>
            <ellipse cx="66" cy="108" rx="15" ry="24"/><ellipse cx="100" cy="122" rx="15" ry="26"/>
            <ellipse cx="134" cy="108" rx="15" ry="24"/><path d="M66 96v22m34-10v26m34-38v22"
              class="cut"/>
            """,
        ["Cuivre"] = """
            <path d="M62 92h76l-8 52q-2 12-14 12H84q-12 0-14-12z"/>
            <path d="M76 92q0-26 24-26t24 26" class="line"/><circle cx="100" cy="58" r="7"/>
            <path d="M64 104q-26-2-30-26" class="line"/><path d="M136 100q28 4 24 34-3 12-22 12"
              class="line"/><path d="M72 116h56M76 132h48" class="cut"/>
            """,
        ["Laine"] = """
            <path d="M52 42h96v116H52z"/>
            <path d="m100 56 26 22-26 22-26-22zm0 44 26 22-26 22-26-22z"
              class="cut"/><path d="M52 34v8m16-8v8m16-8v8m16-8v8m16-8v8m16-8v8m16-8v8M52 158v8m16-8
              v8m16-8v8m16-8v8m16-8v8m16-8v8m16-8v8" class="line"/>
            """,
        ["Poterie"] = """
            <path d="M86 44h28v18q34 16 30 56-4 38-44 42-40-4-44-42-4-40 30-56z"/>
            <path d="M60 104l14-14 13 14 13-14 13 14 13-14 14 14M62 124h76" class="cut"/>
            <path d="M84 44h32" class="line"/>
            """,
        ["Textile"] = """
            <path d="M82 40h36l34 22-12 26-14-6v76H74V82l-14 6-12-26z"/>
            <path d="M92 40q8 14 16 0M100 56v34M84 142h32M80 150h40" class="cut"/>
            """,
        ["Argent"] = """
            <path d="m100 44 50 86H50z"/><circle cx="100" cy="104" r="15" class="hole"/>
            <circle cx="100" cy="104" r="7"/><path d="M70 130v20m20-20v26m20-26v26m20-26v20"
              class="line"/><path d="M100 44V30" class="line"/>
            """,
        ["Terroir"] = """
            <path d="M100 164q-46-18-46-66 0-34 46-62 46 28 46 62 0 48-46 66z"/>
            <path d="M100 150V66m0 30 24-20m-24 44 28-24m-28 0L76 76m24 44L72 96" class="cut"/>
            """,
        ["Cuir"] = """
            <path d="M46 82h108v70q0 6-6 6H52q-6 0-6-6z"/><path d="M46 78q0-32 54-32t54 32z"/>
            <path d="M92 88h16v22H92z" class="hole"/>
            <path d="M62 122q12-14 24 0t24 0 24 0M62 140q12-14
              24 0t24 0 24 0" class="cut"/>
            """,
    };

    /// <summary>A drawing of a product.</summary>
    public static string Of(Product product)
    {
        var tone = Catalogue.Products.ToList().IndexOf(product) % 6;
        return $"""
            <svg viewBox="0 0 200 200" class="art" data-tone="{tone}" aria-hidden="true">
            {Drawings.GetValueOrDefault(product.Id) ?? Drawings[product.Craft]}</svg>
            """;
    }
}
