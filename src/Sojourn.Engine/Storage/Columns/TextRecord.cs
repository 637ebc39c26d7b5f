using System.Text;
using Sojourn.Events;

namespace Sojourn.Storage.Columns;

/// <summary>
/// Writes and reads the texts of one row one after another, each folded for search, with what is
/// needed to get the original back.
/// </summary>
/// <remarks>
/// Each text begins with a mark, a byte that UTF-8 never has, so a text ends where the next mark
/// is. Most names and addresses are their folded form with capitals at the beginning of words,
/// so their original costs one bit of the mark and not a second copy.
/// </remarks>
internal static class TextRecord
{
    /// <summary>The least byte that is a mark.</summary>
    public const byte LeastMark = 0xF8;

    private const byte Null = 0xF8;
    private const byte AsFolded = 0xF9;
    private const byte Capitals = 0xFA;
    private const byte OriginalFollows = 0xFB;
    private const byte Original = 0xFC;
    private const byte LikeFirst = 0xFD;

    /// <summary>Adds a text to a record that begins at the start of the buffer.</summary>
    /// <param name="record">The record so far.</param>
    /// <param name="text">The text, or null.</param>
    /// <param name="first">The record's first text; null while there is none.</param>
    /// <param name="folded">False for a record that is never searched.</param>
    public static void Append(TextBuffer record, string? text, string? first, bool folded)
    {
        if (text is null)
            record.Add(Null);
        else if (first == text)
            record.Add(LikeFirst);
        else if (!folded)
            record.Add(AsFolded, text);
        else if (Ascii.IsValid(text))
            AppendAscii(record, text);
        else
            AppendFolded(record, text, FoldedText.Of(text));
    }

    /// <summary>Reads all texts of a record.</summary>
    /// <param name="record">The bytes; empty stands for only nulls.</param>
    /// <param name="texts">Filled with the texts.</param>
    public static void Read(ReadOnlySpan<byte> record, Span<string?> texts)
    {
        texts.Clear();
        for (var i = 0; i < texts.Length && !record.IsEmpty; i++)
        {
            var mark = record[0];
            var bytes = Next(ref record);
            texts[i] = mark switch
            {
                Null => null,
                LikeFirst => texts[0],
                Capitals => Capitalised(bytes),
                OriginalFollows => Encoding.UTF8.GetString(Next(ref record)),
                _ => Encoding.UTF8.GetString(bytes),
            };
        }
    }

    /// <summary>False when every text of the record is null.</summary>
    public static bool HasText(ReadOnlySpan<byte> record) => record.IndexOfAnyExcept(Null) >= 0;

    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> record)
    {
        var length = record[1..].IndexOfAnyInRange(LeastMark, byte.MaxValue);
        var bytes = length < 0 ? record[1..] : record.Slice(1, length);
        record = record[(bytes.Length + 1)..];
        return bytes;
    }

    private static void AppendAscii(TextBuffer record, string text)
    {
        var upper = text.AsSpan().IndexOfAnyInRange('A', 'Z') >= 0;
        if (!upper || HasCapitals(text))
            record.Add(upper ? Capitals : AsFolded, text, lower: true);
        else
            AppendFolded(record, text, text.ToLowerInvariant());
    }

    private static void AppendFolded(TextBuffer record, string text, string folded)
    {
        if (folded == text)
        {
            record.Add(AsFolded, text);
            return;
        }

        record.Add(OriginalFollows, folded);
        record.Add(Original, text);
    }

    // True when capitals are exactly at the beginnings of words that begin with a letter.
    private static bool HasCapitals(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var begins = i == 0 || text[i - 1] == ' ';
            if (begins ? char.IsAsciiLetterLower(text[i]) : char.IsAsciiLetterUpper(text[i]))
                return false;
        }

        return true;
    }

    private static string Capitalised(ReadOnlySpan<byte> bytes) =>
        string.Create(bytes.Length, bytes, static (text, folded) =>
        {
            for (var i = 0; i < folded.Length; i++)
            {
                var letter = (char)folded[i];
                text[i] = i == 0 || folded[i - 1] == ' ' ? char.ToUpperInvariant(letter) : letter;
            }
        });
}
