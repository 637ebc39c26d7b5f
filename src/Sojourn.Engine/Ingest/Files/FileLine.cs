using Sojourn.Events;

namespace Sojourn.Ingest.Files;

/// <summary>One line of a file: an event, or why it is none.</summary>
/// <param name="Number">Its line in the file, from 1, headers and empty lines counted.</param>
/// <param name="EndOffset">Bytes of the file up to its end, for showing progress.</param>
/// <param name="Event">The event, or null when the line was refused.</param>
/// <param name="Refusal">Why it was refused, or null.</param>
/// <param name="Text">A refused line as it stands in the file; else null.</param>
public sealed record FileLine(
    long Number, long EndOffset, Event? Event, Refusal? Refusal, string? Text);

/// <summary>A file that cannot be read at all.</summary>
/// <param name="Code">Stable: <c>file_unreadable</c>, <c>format_unknown</c>,
/// <c>header_invalid</c> or <c>map_invalid</c>.</param>
/// <param name="Message">What is wrong and what to do next, as one sentence or two.</param>
public sealed record FileRefusal(string Code, string Message);

/// <summary>How a file of events is written.</summary>
public enum FileFormat
{
    /// <summary>Comma-separated values with a header. Source: RFC 4180.</summary>
    Csv,

    /// <summary>One JSON event in each line.</summary>
    Ndjson,

    /// <summary>A web server's log in the combined or common format.</summary>
    Apache,
}
