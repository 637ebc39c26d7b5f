namespace Sojourn.Queries;

/// <summary>Why a question could not be understood.</summary>
/// <param name="Field">The parameter at fault, as it was written.</param>
/// <param name="Title">What is wrong, in plain words.</param>
/// <param name="Hint">What to write instead.</param>
public sealed record QueryFault(string Field, string Title, string Hint)
{
    /// <summary>The stable code of every such fault.</summary>
    public const string Code = "query_invalid";
}
