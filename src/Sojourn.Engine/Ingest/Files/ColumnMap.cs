using System.Diagnostics.CodeAnalysis;

namespace Sojourn.Ingest.Files;

/// <summary>Which column of a CSV file stands for which field, where the names differ.</summary>
public sealed class ColumnMap
{
    private readonly Dictionary<string, string> _columns;

    private ColumnMap(Dictionary<string, string> columns) => _columns = columns;

    /// <summary>Every field has the column of its own name.</summary>
    public static ColumnMap None { get; } = new([]);

    /// <summary>
    /// The fields a column can stand for. Any other column is kept as a property; so are
    /// <c>value</c>, <c>currency</c> and <c>points</c>, which have a meaning there.
    /// </summary>
    public static IReadOnlyList<string> Fields { get; } =
    [
        "person_id", "time", "epoch_ms", "name", "message_id", "anonymous_id", "user_id", "ip",
        "user_agent", "url", "referrer", "country", "value", "currency", "points", "seq",
    ];

    /// <summary>The columns by field.</summary>
    public IReadOnlyDictionary<string, string> Columns => _columns;

    /// <summary>Reads <c>person_id=COLUMN,name=COLUMN</c>.</summary>
    /// <param name="text">Null or empty = nothing differs.</param>
    /// <param name="map">The map, when the result is true.</param>
    /// <param name="refusal">What is wrong with it, when the result is false.</param>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out ColumnMap? map,
        [NotNullWhen(false)] out FileRefusal? refusal)
    {
        (map, refusal) = (None, null);
        if (string.IsNullOrWhiteSpace(text))
            return true;

        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text.Split(','))
        {
            var pair = part.Split('=', 2, StringSplitOptions.TrimEntries);
            var message = pair.Length < 2 || pair[1].Length == 0
                ? $"--map has {part.Trim()}, which is no FIELD=COLUMN. Write person_id=COLUMN."
                : !Fields.Contains(pair[0])
                    ? $"--map knows no field {pair[0]}. It knows {string.Join(", ", Fields)}."
                    : !columns.TryAdd(pair[0], pair[1])
                        ? $"--map names the field {pair[0]} twice. Name it once."
                        : null;
            if (message is not null)
            {
                (map, refusal) = (null, new FileRefusal("map_invalid", message));
                return false;
            }
        }

        map = new ColumnMap(columns);
        return true;
    }
}
