using System.Diagnostics.CodeAnalysis;

namespace Sojourn.Ingest.Files;

/// <summary>Opens files of events. What is wrong with one is a value, no exception.</summary>
public static class EventFile
{
    /// <summary>Opens a file for reading from start to end.</summary>
    public static bool TryOpen(
        string path,
        [NotNullWhen(true)] out Stream? stream,
        [NotNullWhen(false)] out FileRefusal? refusal)
    {
        (stream, refusal) = (null, null);
        try
        {
            stream = new FileStream(path, new FileStreamOptions
            {
                Options = FileOptions.SequentialScan,
                BufferSize = 0,
            });
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            refusal = Unreadable($"There is no file {path}. Check its name and folder.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            refusal = Unreadable(
                $"The file {path} cannot be read. Check that it is a file and may be read by you.");
        }

        return false;
    }

    /// <summary>The format of a name such as <c>csv</c>.</summary>
    /// <param name="name">In any case; null or empty = told by the path's ending.</param>
    /// <param name="path">The file's path, or <c>-</c> when it has none.</param>
    /// <param name="format">The format, when the result is true.</param>
    /// <param name="refusal">Why there is none, when the result is false.</param>
    public static bool TryFormat(
        string? name,
        string path,
        out FileFormat format,
        [NotNullWhen(false)] out FileRefusal? refusal)
    {
        var known = string.IsNullOrEmpty(name)
            ? Path.GetExtension(path).TrimStart('.')
            : name;
        FileFormat? found = known.ToLowerInvariant() switch
        {
            "csv" => FileFormat.Csv,
            "ndjson" or "jsonl" => FileFormat.Ndjson,
            "apache" => FileFormat.Apache,
            "log" when string.IsNullOrEmpty(name) => FileFormat.Apache,
            _ => null,
        };
        format = found ?? default;
        refusal = found is not null ? null : new FileRefusal(
            "format_unknown",
            string.IsNullOrEmpty(name)
                ? $"The name {path} does not tell the format. Add --format csv, ndjson or apache."
                : $"There is no format {name}. Use --format csv, ndjson or apache.");
        return refusal is null;
    }

    /// <summary>
    /// Reads a file of events, line by line, while the lines are asked for. A line without an
    /// id gets one from its content and its number among equal lines, so reading the file again,
    /// in any order of its lines, gives the same ids.
    /// </summary>
    /// <param name="stream">The file; stays open, and its own failures are not caught.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="map">Which columns stand for which fields; CSV only.</param>
    /// <param name="admission">
    /// Who imports it and when; read as <see cref="Admission.History"/> in any case.
    /// </param>
    /// <param name="lines">The lines, once, when the result is true.</param>
    /// <param name="refusal">Why it cannot be read, when the result is false.</param>
    public static bool TryRead(
        Stream stream,
        FileFormat format,
        ColumnMap map,
        Admission admission,
        [NotNullWhen(true)] out IEnumerable<FileLine>? lines,
        [NotNullWhen(false)] out FileRefusal? refusal)
    {
        var lineReader = new LineReader(admission with { History = true });
        refusal = null;
        lines = format switch
        {
            FileFormat.Csv => CsvFile.Read(stream, map, lineReader, out refusal),
            FileFormat.Apache => ApacheFile.Read(stream, lineReader),
            _ => NdjsonFile.Read(stream, lineReader),
        };
        return lines is not null;
    }

    private static FileRefusal Unreadable(string message) => new("file_unreadable", message);
}
