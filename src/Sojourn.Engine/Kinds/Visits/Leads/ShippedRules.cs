namespace Sojourn.Kinds.Visits.Leads;

/// <summary>The sets that ship with the product, in files beside this one.</summary>
internal static class ShippedRules
{
    /// <summary>The text of a file.</summary>
    public static string Read(string file)
    {
        var name = $"{typeof(ShippedRules).Namespace}.{file}";
        using var stream = typeof(ShippedRules).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program lacks its part {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
