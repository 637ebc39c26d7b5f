namespace Sojourn.Events;

/// <summary>Data that ships inside the program, in files beside the types they belong to.</summary>
internal static class ShippedFile
{
    /// <summary>The text of a file beside a type.</summary>
    /// <typeparam name="T">The type; its namespace is the file's folder.</typeparam>
    /// <param name="file">E.g. <c>reasons.json</c>.</param>
    public static string Beside<T>(string file)
    {
        var name = $"{typeof(T).Namespace}.{file}";
        using var stream = typeof(T).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program lacks its part {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Its lines, without empty ones and those that begin with <c>#</c>.</summary>
    public static IEnumerable<string> LinesBeside<T>(string file) =>
        Beside<T>(file).ReplaceLineEndings("\n").Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#');
}
