using System.CommandLine;
using Sojourn.Ingest;
using Sojourn.Ingest.Files;

namespace Sojourn.Server.Commands;

/// <summary>The file a command reads events from.</summary>
/// <param name="Path">Its path; <c>-</c> is standard input.</param>
/// <param name="Format">How it is written.</param>
/// <param name="Map">Which columns stand for which fields.</param>
internal sealed record EventSource(string Path, FileFormat Format, ColumnMap Map)
{
    /// <summary>The path that means standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>The argument and options of every command that reads events.</summary>
    public static Func<ParseResult, EventSource> AddOptions(Command to)
    {
        var file = new Argument<string>("FILE") { Description = "The file; - is standard input." };
        var format = new Option<string>("--format")
        {
            Description = "csv, ndjson or apache; else told by the file's name.",
        };
        var map = new Option<string>("--map")
        {
            Description = "CSV columns, e.g. person_id=visitor,name=event.",
        };
        to.Arguments.Add(file);
        to.Options.Add(format);
        to.Options.Add(map);
        return parsed => Of(
            parsed.GetRequiredValue(file), parsed.GetValue(format), parsed.GetValue(map));
    }

    /// <summary>Opens the file; its length is null when it is not known.</summary>
    /// <exception cref="CommandFailure">It cannot be read.</exception>
    public Stream Open(out long? length)
    {
        length = null;
        if (Path == StandardInput)
            return Console.OpenStandardInput();
        if (!EventFile.TryOpen(Path, out var stream, out var refusal))
            throw CommandFailure.Usage(refusal.Message);

        length = stream.CanSeek ? stream.Length : null;
        return stream;
    }

    /// <summary>The lines of the open file, read while they are asked for.</summary>
    /// <exception cref="CommandFailure">It is not of its format.</exception>
    public IEnumerable<FileLine> Read(Stream stream, Admission admission) =>
        EventFile.TryRead(stream, Format, Map, admission, out var lines, out var refusal)
            ? lines
            : throw CommandFailure.Usage(refusal.Message);

    private static EventSource Of(string path, string? format, string? map)
    {
        if (!EventFile.TryFormat(format, path, out var known, out var refusal))
            throw CommandFailure.Usage(refusal.Message);
        if (!ColumnMap.TryParse(map, out var columns, out refusal))
            throw CommandFailure.Usage(refusal.Message);

        return new EventSource(path, known, columns);
    }
}
