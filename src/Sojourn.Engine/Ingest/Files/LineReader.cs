using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Sojourn.Ingest.Files;

/// <summary>
/// Turns one line into an event. Every format is first brought into the native one, so that
/// one reader checks them all.
/// </summary>
internal sealed class LineReader(Admission admission)
{
    private readonly EventReader _event = new(admission);
    private readonly LineIds _ids = new();

    /// <summary>The id of a line that has none of its own.</summary>
    public string NextId(ReadOnlySpan<byte> line) => _ids.Next(line);

    /// <summary>Reads an event in the native format; without an id it gets the line's.</summary>
    /// <param name="json">The event.</param>
    /// <param name="line">The line as it stands in the file.</param>
    /// <param name="number">The line's number, from 1.</param>
    /// <param name="endOffset">Bytes of the file up to the line's end.</param>
    public FileLine Read(
        ReadOnlySpan<byte> json, ReadOnlySpan<byte> line, long number, long endOffset)
    {
        if (!Utf8.IsValid(json))
            return Refused(RefusalCodes.BadText, null, line, number, endOffset);

        try
        {
            return ReadEvent(json, line, number, endOffset);
        }
        catch (JsonException)
        {
            return Refused(RefusalCodes.JsonInvalid, null, line, number, endOffset);
        }
    }

    /// <summary>A line that is refused.</summary>
    public FileLine Refused(
        RefusalCode reason, string? field, ReadOnlySpan<byte> line, long number, long endOffset)
    {
        var index = (int)Math.Min(number, int.MaxValue);
        return new FileLine(
            number,
            endOffset,
            null,
            new Refusal(index, _event.Id, reason, field, Masking.Start(line)),
            Encoding.UTF8.GetString(line));
    }

    private FileLine ReadEvent(
        ReadOnlySpan<byte> json, ReadOnlySpan<byte> line, long number, long endOffset)
    {
        var reader = new Utf8JsonReader(json, JsonText.Options);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            return Refused(RefusalCodes.JsonNotObject, null, line, number, endOffset);

        var e = _event.Read(ref reader, place: 0, sentUs: null, spareId: null);
        reader.Read(); // Throws when anything follows.
        if (e is null && _event.Refused == RefusalCodes.IdMissing)
        {
            reader = new Utf8JsonReader(json, JsonText.Options);
            reader.Read();
            e = _event.Read(ref reader, place: 0, sentUs: null, NextId(line));
        }

        return e is null
            ? Refused(_event.Refused!, _event.Fault, line, number, endOffset)
            : new FileLine(number, endOffset, e, null, null);
    }
}
