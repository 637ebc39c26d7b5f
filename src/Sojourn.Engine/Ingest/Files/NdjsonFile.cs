namespace Sojourn.Ingest.Files;

/// <summary>Files with one event in the native JSON format in each line.</summary>
internal static class NdjsonFile
{
    /// <summary>The lines that are not empty.</summary>
    public static IEnumerable<FileLine> Read(Stream stream, LineReader reader)
    {
        var lines = new ByteLines(stream);
        while (lines.TryNext())
        {
            var line = lines.Line.Trim(" \t"u8);
            if (lines.IsTooLong)
            {
                yield return reader.Refused(
                    RefusalCodes.LineTooLong, null, line.Span, lines.Number, lines.EndOffset);
            }
            else if (!line.IsEmpty)
            {
                yield return reader.Read(line.Span, line.Span, lines.Number, lines.EndOffset);
            }
        }
    }
}
