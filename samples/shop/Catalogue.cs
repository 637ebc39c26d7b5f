namespace Sojourn.Shop;

/// <summary>Something the shop sells.</summary>
/// <param name="Id">Its id, also in addresses.</param>
/// <param name="Name">What it is called, in French.</param>
/// <param name="ArabicName">What it is called, in Arabic.</param>
/// <param name="Price">In dinars.</param>
/// <param name="Craft">The craft it is of, in French.</param>
/// <param name="Words">A sentence about it, in French.</param>
/// <param name="Variants">What one chooses from; the first unless one does.</param>
public sealed record Product(
    string Id,
    string Name,
    string ArabicName,
    decimal Price,
    string Craft,
    string Words,
    IReadOnlyList<string> Variants);

/// <summary>What Maison Atlas sells: crafts of Algeria.</summary>
public static class Catalogue
{
    /// <summary>Prices and holds are in dinars. Source: ISO 4217.</summary>
    public const string Currency = "DZD";

    /// <summary>All products, in the order they are shown.</summary>
    public static IReadOnlyList<Product> Products { get; } =
    [
        new("theiere-cuivre", "Théière en cuivre martelé", "إبريق شاي نحاسي", 7_800m, "Cuivre",
            "Martelée à la main dans un atelier de Constantine.", ["1 litre", "1,5 litre"]),
        new("tapis-ghardaia", "Tapis de Ghardaïa", "زربية غرداية", 46_000m, "Laine",
            "Laine filée et teinte au M'zab, nouée sur métier vertical.",
            ["120 × 180 cm", "160 × 230 cm"]),
        new("poterie-kabyle", "Jarre peinte kabyle", "جرة قبائلية", 5_400m, "Poterie",
            "Terre d'Ath Khir, décor à l'argile blanche et noire.", ["Petite", "Grande"]),
        new("burnous-laine", "Burnous en laine", "برنوس صوف", 32_500m, "Textile",
            "Tissé à Bou Saâda, cousu sans couture d'épaule.", ["S", "M", "L", "XL"]),
        new("plateau-cuivre", "Plateau gravé", "صينية منقوشة", 11_900m, "Cuivre",
            "Gravure au burin, pied pliant en noyer.", ["50 cm", "70 cm"]),
        new("bijou-beni-yenni", "Broche de Beni Yenni", "مشبك بني يني", 14_200m, "Argent",
            "Argent et corail, émaux bleus, verts et jaunes.", ["Ronde", "Triangulaire"]),
        new("robe-amazigh", "Robe amazigh brodée", "جبة قبائلية مطرزة", 18_900m, "Textile",
            "Coton, galons cousus main.", ["36", "38", "40", "42", "44"]),
        new("miel-jujubier", "Miel de jujubier", "عسل السدر", 4_600m, "Terroir",
            "Récolté au pied des Aurès, non chauffé.", ["500 g", "1 kg"]),
        new("dattes-deglet", "Dattes Deglet Nour", "دقلة نور", 2_400m, "Terroir",
            "Branche choisie de Tolga, récolte d'automne.", ["1 kg", "5 kg"]),
        new("coffret-cuir", "Coffret en cuir repoussé", "علبة جلدية", 9_700m, "Cuir",
            "Cuir de Tlemcen, motifs repoussés à froid.", ["Brun", "Rouge"]),
        new("lanterne-laiton", "Lanterne en laiton", "فانوس نحاسي", 8_300m, "Cuivre",
            "Laiton ajouré, verre soufflé.", ["Petite", "Moyenne", "Grande"]),
        new("huile-olive", "Huile d'olive de Kabylie", "زيت زيتون", 3_200m, "Terroir",
            "Première pression à froid, olives Chemlal.", ["1 litre", "5 litres"]),
    ];

    /// <summary>A product by its id, or null.</summary>
    public static Product? Find(string? id) => Products.FirstOrDefault(one => one.Id == id);
}
