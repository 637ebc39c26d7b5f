namespace Sojourn.Server.Pages.EventBrowser;

/// <summary>Names that look much like another.</summary>
internal static class CloseNames
{
    private const int NamesMax = 3;

    /// <summary>
    /// The names that differ in few letters from one, or hold it, or that it holds; the closest
    /// first, at most three.
    /// </summary>
    public static IReadOnlyList<string> To(string name, IEnumerable<string> names)
    {
        var wanted = Plain(name);
        return
        [
            .. (from other in names
                let plain = Plain(other)
                let distance = Distance(wanted, plain)
                where distance <= Math.Max(2, wanted.Length / 4) || Holds(wanted, plain)
                orderby distance
                select other).Take(NamesMax),
        ];
    }

    private static string Plain(string name) =>
        string.Concat(name.ToLowerInvariant().Where(char.IsLetterOrDigit));

    private static bool Holds(string one, string other) =>
        Math.Min(one.Length, other.Length) > 2
        && (one.Contains(other, StringComparison.Ordinal)
            || other.Contains(one, StringComparison.Ordinal));

    // Letters to add, take away or replace. Source: Levenshtein, 1966.
    private static int Distance(string one, string other)
    {
        var before = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var row = new int[before.Length];
            row[0] = i;
            for (var j = 1; j < row.Length; j++)
            {
                row[j] = Math.Min(
                    Math.Min(row[j - 1], before[j]) + 1,
                    before[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
            }

            before = row;
        }

        return before[^1];
    }
}
