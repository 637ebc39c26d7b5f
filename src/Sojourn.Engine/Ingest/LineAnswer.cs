using Sojourn.Storage;

namespace Sojourn.Ingest;

/// <summary>How the line answered a sender.</summary>
public enum LineResult
{
    /// <summary>All is on disk.</summary>
    Committed,

    /// <summary>Too much waits already, nothing was taken; send again later.</summary>
    Busy,

    /// <summary>The store failed, nothing was stored; send again later.</summary>
    Failed,

    /// <summary>No answer in time: it may be stored or not; send again with the same ids.</summary>
    Late,

    /// <summary>The server stops, nothing was taken; send again later.</summary>
    Stopped,
}

/// <summary>What became of a sender's events.</summary>
/// <param name="Result">How it went for all of them together.</param>
/// <param name="Outcomes">One for each event, in order; empty unless committed.</param>
/// <param name="Failure">What the store threw, when it failed; else null.</param>
public sealed record LineAnswer(
    LineResult Result, IReadOnlyList<AppendOutcome> Outcomes, Exception? Failure = null)
{
    /// <summary>An answer without outcomes.</summary>
    public static LineAnswer Without(LineResult result, Exception? failure = null) =>
        new(result, [], failure);
}
