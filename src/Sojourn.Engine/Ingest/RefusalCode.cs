namespace Sojourn.Ingest;

/// <summary>A reason to refuse something.</summary>
/// <param name="Code">Stable, snake case; clients may act on it.</param>
/// <param name="Title">What is wrong, in plain words.</param>
/// <param name="Hint">What the sender does next.</param>
public sealed record RefusalCode(string Code, string Title, string Hint)
{
    /// <inheritdoc/>
    public override string ToString() => Code;
}
