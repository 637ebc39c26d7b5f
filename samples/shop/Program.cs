namespace Sojourn.Shop;

/// <summary>The shop by itself, beside any Sojourn.</summary>
internal static class Program
{
    public static void Main() => Console.Out.WriteLine(Catalogue.Products.Count);
}
