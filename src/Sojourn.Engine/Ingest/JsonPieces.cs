using System.Buffers;

namespace Sojourn.Ingest;

/// <summary>
/// Puts an object together of pieces that are JSON already. Keeps its buffer from one object to
/// the next; not for several threads.
/// </summary>
internal sealed class JsonPieces
{
    private readonly ArrayBufferWriter<byte> _text = new(1024);
    private bool _isFirst;

    /// <summary>What was put together, until the next <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Text => _text.WrittenSpan;

    /// <summary>Forgets the object before.</summary>
    public void Clear() => _text.ResetWrittenCount();

    /// <summary>Begins the object.</summary>
    public void Open()
    {
        _text.Write("{"u8);
        _isFirst = true;
    }

    /// <summary>Begins an object in the object.</summary>
    public void Open(ReadOnlySpan<byte> name)
    {
        Name(name);
        Open();
    }

    /// <summary>Ends the object begun last.</summary>
    public void Close()
    {
        _text.Write("}"u8);
        _isFirst = false;
    }

    /// <summary>Adds a member whose name needs no escapes.</summary>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Name(name);
        _text.Write(value);
    }

    /// <summary>Adds a member, or nothing when there is none.</summary>
    public void Add(ReadOnlySpan<byte> name, JsonMember? value)
    {
        if (value is { } known)
            Add(name, known.Value.Span);
    }

    /// <summary>Adds a member under the name it was written with.</summary>
    public void Add(JsonMember member)
    {
        Separate();
        _text.Write(member.WrittenName.Span);
        _text.Write(":"u8);
        _text.Write(member.Value.Span);
    }

    /// <summary>Adds two strings as one, with a space between them.</summary>
    public void AddJoined(ReadOnlySpan<byte> name, JsonMember left, JsonMember right)
    {
        Name(name);
        _text.Write(left.Value.Span[..^1]);
        _text.Write(" "u8);
        _text.Write(right.Value.Span[1..]);
    }

    private void Name(ReadOnlySpan<byte> name)
    {
        Separate();
        _text.Write("\""u8);
        _text.Write(name);
        _text.Write("\":"u8);
    }

    private void Separate()
    {
        if (!_isFirst)
            _text.Write(","u8);

        _isFirst = false;
    }
}
