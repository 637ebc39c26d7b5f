namespace Sojourn.Ingest;

/// <summary>A question about the refusals that are kept, newest first.</summary>
public sealed record RefusalQuery
{
    /// <summary>Codes, "or"; empty = any.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>Sources, "or"; empty = any.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Part of the name, id, code or field, in any case; null = any.</summary>
    public string? Text { get; init; }

    /// <summary>Rows to leave out.</summary>
    public int Offset { get; init; }

    /// <summary>Rows wanted, 1 to <see cref="Limits.RefusalsKept"/>.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>Refusals that match a question.</summary>
/// <param name="Items">A page of them, newest first.</param>
/// <param name="Total">How many match.</param>
/// <param name="Kept">How many are kept at all.</param>
/// <param name="Codes">
/// How many of each code match all but the question's codes, most frequent first.
/// </param>
/// <param name="Sources">The same of each source.</param>
public sealed record RefusalPage(
    IReadOnlyList<LoggedRefusal> Items,
    int Total,
    int Kept,
    IReadOnlyList<KeyValuePair<string, int>> Codes,
    IReadOnlyList<KeyValuePair<string, int>> Sources);
