namespace Sojourn.Kinds.Checkouts.Reasons;

/// <summary>The signs of one checkout in order; never changed in place.</summary>
public sealed class SignLog
{
    /// <summary>Signs that are kept; of more, the newest.</summary>
    public const int SignsMax = 128;

    private readonly Sign[] _signs;

    private SignLog(Sign[] signs) => _signs = signs;

    /// <summary>No signs.</summary>
    public static SignLog Empty { get; } = new([]);

    /// <summary>All of them, oldest first.</summary>
    public IReadOnlyList<Sign> All => _signs;

    /// <summary>The log with one more sign.</summary>
    public SignLog With(Sign sign) =>
        new([.. _signs.AsSpan(_signs.Length < SignsMax ? 0 : 1), sign]);

    /// <summary>The signs of a kind, oldest first.</summary>
    public IReadOnlyList<Sign> Of(string kind) =>
        Array.FindAll(_signs, one => one.Kind == kind);

    /// <summary>The last sign of a kind, or null.</summary>
    public Sign? Last(string kind) => Array.FindLast(_signs, one => one.Kind == kind);
}
