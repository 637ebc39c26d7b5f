namespace Sojourn.Kinds.Checkouts;

/// <summary>Data that ships with the product, in files under this folder.</summary>
internal static class ShippedData
{
    /// <summary>The text of a file, e.g. <c>Reasons.reasons.json</c>.</summary>
    public static string Read(string file)
    {
        var name = $"{typeof(ShippedData).Namespace}.{file}";
        using var stream = typeof(ShippedData).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program lacks its part {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
