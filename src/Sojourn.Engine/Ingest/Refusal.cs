namespace Sojourn.Ingest;

/// <summary>An event or line that was not taken.</summary>
/// <param name="Index">Its place in its body, from 0; in a file, its line, from 1.</param>
/// <param name="Id">Its id, or null when it has no usable one.</param>
/// <param name="Reason">Why it was not taken.</param>
/// <param name="Field">The field at fault, e.g. <c>properties.size</c>; null = all of it.</param>
/// <param name="BodyStart">
/// How it begins, at most 2,048 characters, with addresses, phone and card numbers masked; empty
/// beyond the first hundred refusals of a body.
/// </param>
public sealed record Refusal(
    int Index, string? Id, RefusalCode Reason, string? Field, string BodyStart)
{
    /// <summary>
    /// The event's name, masked like <see cref="BodyStart"/>; null when it has none that can be
    /// read.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>True when not an event but the body that held it was refused.</summary>
    public bool IsWholeBody { get; init; }

    /// <summary>Bytes of the body before the fault, or null when it is not at one place.</summary>
    public long? Offset { get; init; }

    /// <summary>The reason's stable code.</summary>
    public string Code => Reason.Code;
}

/// <summary>A body that was not taken at all.</summary>
/// <param name="Reason">Why not.</param>
/// <param name="Offset">Bytes before the fault, or null when it is not at one place.</param>
/// <param name="Field">The field at fault, or null.</param>
public sealed record BodyRefusal(RefusalCode Reason, long? Offset = null, string? Field = null)
{
    /// <summary>The reason's stable code.</summary>
    public string Code => Reason.Code;
}

/// <summary>Something its sender should know about an event that was taken.</summary>
/// <param name="Index">Its place in its body, from 0.</param>
/// <param name="Id">Its id.</param>
/// <param name="Reason">What to know.</param>
/// <param name="Field">The field it is about, or null.</param>
public sealed record Remark(int Index, string Id, RefusalCode Reason, string? Field);
