using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Sojourn.Ingest;

/// <summary>
/// Writes JSON in its one shortest form: no white space, the fewest escapes, members sorted by
/// name. Two objects that say the same are then the same bytes. Checks limits and text on the
/// way. Keeps its buffers from one event to the next; not for several threads.
/// </summary>
internal sealed class CompactJson : IComparer<CompactJson.Member>
{
    private readonly List<Member> _members = [];
    private byte[] _bytes = new byte[1024];
    private byte[] _sorted = new byte[1024];
    private int _length;
    private int _levels;
    private int _top;

    /// <summary>A member's place in the bytes; the name includes its quotes.</summary>
    internal readonly record struct Member(int Start, int NameEnd, int End);

    /// <summary>What was written last.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>The top-level member a refusal is about, or null.</summary>
    public string? Fault { get; private set; }

    /// <summary>Writes the object the reader stands at and moves to its end.</summary>
    /// <param name="reader">At the start of an object.</param>
    /// <param name="levelsLeft">How many levels of objects and arrays it may have.</param>
    /// <returns>Why it is refused, or null when it was written.</returns>
    public RefusalCode? Write(ref Utf8JsonReader reader, int levelsLeft)
    {
        _length = 0;
        _members.Clear();
        _levels = levelsLeft;
        _top = -1;
        var refused = WriteObject(ref reader, levelsLeft);
        Fault = refused is null || _top < 0
            ? null
            : Encoding.UTF8.GetString(Name(_members[_top]));
        return refused;
    }

    /// <inheritdoc/>
    public int Compare(Member x, Member y) => Name(x).SequenceCompareTo(Name(y));

    private RefusalCode? WriteValue(ref Utf8JsonReader reader, int levelsLeft) =>
        reader.TokenType switch
        {
            JsonTokenType.StartObject => WriteObject(ref reader, levelsLeft),
            JsonTokenType.StartArray => WriteArray(ref reader, levelsLeft),
            JsonTokenType.String => WriteText(ref reader),
            JsonTokenType.Number => WriteNumber(ref reader),
            _ => Append(reader.ValueSpan),
        };

    private RefusalCode? WriteObject(ref Utf8JsonReader reader, int levelsLeft)
    {
        if (levelsLeft == 0)
            return RefusalCodes.JsonTooDeep;

        var start = _length;
        var first = _members.Count;
        Append((byte)'{');
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (_members.Count - first == Limits.PropertiesMax)
                return RefusalCodes.TooManyProperties;
            if (_members.Count > first)
                Append((byte)',');
            if (WriteMember(ref reader, levelsLeft) is { } refused)
                return refused;
        }

        Append((byte)'}');
        if (!Arrange(start, first))
        {
            _top = first == 0 ? 0 : _top;
            return RefusalCodes.DuplicateKey;
        }

        _members.RemoveRange(first, _members.Count - first);
        return null;
    }

    // The member is listed before its value is written, so that a refusal can name it.
    private RefusalCode? WriteMember(ref Utf8JsonReader reader, int levelsLeft)
    {
        var start = _length;
        var index = _members.Count;
        var isTop = levelsLeft == _levels;
        _top = isTop ? -1 : _top;
        if (WriteName(ref reader) is { } refused)
            return refused;

        _top = isTop ? index : _top;
        var member = new Member(start, _length, _length);
        _members.Add(member);
        Append((byte)':');
        reader.Read();
        if (WriteValue(ref reader, levelsLeft - 1) is { } refusedValue)
            return refusedValue;

        _members[index] = member with { End = _length };
        return null;
    }

    private RefusalCode? WriteArray(ref Utf8JsonReader reader, int levelsLeft)
    {
        if (levelsLeft == 0)
            return RefusalCodes.JsonTooDeep;

        var count = 0;
        Append((byte)'[');
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (count++ == Limits.ArrayMax)
                return RefusalCodes.ArrayTooLong;
            if (count > 1)
                Append((byte)',');
            if (WriteValue(ref reader, levelsLeft - 1) is { } refused)
                return refused;
        }

        Append((byte)']');
        return null;
    }

    private RefusalCode? WriteName(ref Utf8JsonReader reader)
    {
        var start = _length;
        if (WriteString(ref reader) is { } refused)
            return refused;

        // A character has at most four bytes, and an escape in the result stands for one.
        var bytes = _length - start - 2;
        return bytes <= Limits.KeyCharsMax || LengthOfName(ref reader) <= Limits.KeyCharsMax
            ? null
            : RefusalCodes.KeyTooLong;
    }

    private static int LengthOfName(ref Utf8JsonReader reader) => reader.GetString()?.Length ?? 0;

    private RefusalCode? WriteText(ref Utf8JsonReader reader)
    {
        var start = _length;
        if (WriteString(ref reader) is { } refused)
            return refused;

        if (UrlSecrets.Cut(_bytes.AsSpan(start + 1, _length - start - 2)) is { } cut)
        {
            _length = start + 1;
            Append(cut);
            Append((byte)'"');
        }

        return null;
    }

    private RefusalCode? WriteString(ref Utf8JsonReader reader)
    {
        var raw = reader.ValueSpan;
        if (!reader.ValueIsEscaped)
        {
            if (raw.Length > Limits.TextBytesMax)
                return RefusalCodes.TextTooLong;

            Reserve(raw.Length + 2);
            _bytes[_length] = (byte)'"';
            raw.CopyTo(_bytes.AsSpan(_length + 1));
            _bytes[_length + 1 + raw.Length] = (byte)'"';
            _length += raw.Length + 2;
            return null;
        }

        if (raw.Length > Limits.TextBytesMax * 6)
            return RefusalCodes.TextTooLong;

        return JsonEscapes.AreSound(raw) ? WriteUnescaped(ref reader, raw) : RefusalCodes.BadText;
    }

    private RefusalCode? WriteUnescaped(ref Utf8JsonReader reader, ReadOnlySpan<byte> raw)
    {
        var space = ArrayPool<byte>.Shared.Rent(raw.Length);
        try
        {
            var length = reader.CopyString(space);
            if (length > Limits.TextBytesMax)
                return RefusalCodes.TextTooLong;

            Append((byte)'"');
            Reserve(length * 6);
            _length += JsonEscapes.Write(space.AsSpan(0, length), _bytes.AsSpan(_length));
            Append((byte)'"');
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(space);
        }
    }

    // Kept as exact text: a count of 2^63 or a price of 0.1 is not rounded to a double.
    private RefusalCode? WriteNumber(ref Utf8JsonReader reader)
    {
        var text = reader.ValueSpan;
        return IsKeepable(text) ? Append(text) : RefusalCodes.BadNumber;
    }

    private static bool IsKeepable(ReadOnlySpan<byte> number)
    {
        const int PlainDigitsMax = 300;
        if (number.Length > Limits.NumberCharsMax)
            return false;

        var exponent = number.IndexOfAny((byte)'e', (byte)'E');
        if (exponent < 0 && number.Length <= PlainDigitsMax)
            return true;
        if (!Utf8Parser.TryParse(number, out double value, out _) || !double.IsFinite(value))
            return false;

        // So small that it would become zero somewhere.
        return value != 0 || exponent < 0
            || number[..exponent].IndexOfAnyInRange((byte)'1', (byte)'9') < 0;
    }

    // Puts the members from `first` on in the order of their names; false when two are equal.
    private bool Arrange(int start, int first)
    {
        var members = CollectionsMarshal.AsSpan(_members)[first..];
        var inOrder = true;
        for (var i = 1; i < members.Length && inOrder; i++) inOrder = IsBefore(members, i);
        if (inOrder)
            return true;

        members.Sort(this);
        for (var i = 1; i < members.Length; i++)
        {
            if (!IsBefore(members, i))
            {
                // First, so that the refusal can name it.
                members[0] = members[i];
                return false;
            }
        }

        Rewrite(start, members);
        return true;
    }

    private bool IsBefore(ReadOnlySpan<Member> members, int i) =>
        Name(members[i - 1]).SequenceCompareTo(Name(members[i])) < 0;

    private void Rewrite(int start, ReadOnlySpan<Member> members)
    {
        var size = _length - start;
        if (_sorted.Length < size)
            _sorted = new byte[size * 2];

        var at = 0;
        foreach (var member in members)
        {
            _sorted[at++] = at == 1 ? (byte)'{' : (byte)',';
            var text = _bytes.AsSpan(member.Start, member.End - member.Start);
            text.CopyTo(_sorted.AsSpan(at));
            at += text.Length;
        }

        _sorted.AsSpan(0, at).CopyTo(_bytes.AsSpan(start));
    }

    private ReadOnlySpan<byte> Name(Member member) =>
        _bytes.AsSpan(member.Start + 1, member.NameEnd - member.Start - 2);

    private RefusalCode? Append(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        text.CopyTo(_bytes.AsSpan(_length));
        _length += text.Length;
        return null;
    }

    private void Append(byte b)
    {
        Reserve(1);
        _bytes[_length++] = b;
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - _length < count)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
    }
}
