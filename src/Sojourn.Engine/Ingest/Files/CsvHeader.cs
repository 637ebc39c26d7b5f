namespace Sojourn.Ingest.Files;

/// <summary>Which field or property each column of a CSV file is.</summary>
/// <param name="Fields">Column by field of <see cref="ColumnMap.Fields"/>.</param>
/// <param name="Properties">Name and column of each property.</param>
internal sealed record CsvHeader(
    IReadOnlyDictionary<string, int> Fields, IReadOnlyList<(string Name, int Column)> Properties)
{
    private static readonly (string Alias, string Field)[] _aliases =
        [("label", "name"), ("row", "seq")];

    private static readonly string[] _kept = ["value", "currency", "points"];

    private static readonly string[][] _needed =
        [["person_id", "user_id", "anonymous_id"], ["time", "epoch_ms"], ["name"]];

    /// <summary>The column of a field, or −1.</summary>
    public int this[string field] => Fields.GetValueOrDefault(field, -1);

    /// <summary>Finds out what each column is.</summary>
    /// <returns>Null when the file cannot be read with this header.</returns>
    public static CsvHeader? From(
        IReadOnlyList<string> names, ColumnMap map, out FileRefusal? refusal)
    {
        var fields = new Dictionary<string, int>(StringComparer.Ordinal);
        refusal = Duplicate(names) ?? Mapped(names, map, fields);
        if (refusal is not null)
            return null;

        for (var i = 0; i < names.Count; i++)
        {
            if (ColumnMap.Fields.Contains(names[i]) && !fields.ContainsValue(i))
                fields.TryAdd(names[i], i);
        }

        foreach (var (alias, field) in _aliases)
        {
            var column = names.ToList().IndexOf(alias);
            if (column >= 0 && !fields.ContainsValue(column))
                fields.TryAdd(field, column);
        }

        refusal = Missing(names, fields);
        return refusal is null ? new CsvHeader(fields, PropertiesOf(names, fields)) : null;
    }

    // A `user_id` beside a `person_id` is something else to the sender: a property.
    private static List<(string Name, int Column)> PropertiesOf(
        IReadOnlyList<string> names, Dictionary<string, int> fields)
    {
        var properties = new List<(string Name, int Column)>();
        if (fields.ContainsKey("person_id") && fields.Remove("user_id", out var user))
            properties.Add(("user_id", user));

        foreach (var field in _kept)
        {
            if (fields.Remove(field, out var column))
                properties.Add((field, column));
        }

        for (var i = 0; i < names.Count; i++)
        {
            if (!fields.ContainsValue(i) && properties.All(property => property.Column != i)
                && properties.All(property => property.Name != names[i]))
            {
                properties.Add((names[i], i));
            }
        }

        return properties;
    }

    private static FileRefusal? Duplicate(IReadOnlyList<string> names) =>
        names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? Invalid($"The header names the column {twice.Key} twice. Rename one of them.")
            : null;

    private static FileRefusal? Mapped(
        IReadOnlyList<string> names, ColumnMap map, Dictionary<string, int> fields)
    {
        foreach (var (field, name) in map.Columns)
        {
            var column = names.ToList().IndexOf(name);
            if (column < 0)
            {
                return Invalid(
                    $"The header has no column {name} for --map {field}={name}. "
                    + $"It has {string.Join(", ", names)}.");
            }

            fields[field] = column;
        }

        return null;
    }

    private static FileRefusal? Missing(
        IReadOnlyList<string> names, Dictionary<string, int> fields)
    {
        var missing = _needed.FirstOrDefault(any => !any.Any(fields.ContainsKey))?[0];
        return missing is null ? null : Invalid(
            $"The header has no column for {missing}; add --map {missing}=COLUMN. "
            + $"It has {string.Join(", ", names)}.");
    }

    private static FileRefusal Invalid(string message) => new("header_invalid", message);
}
