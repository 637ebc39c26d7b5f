using System.Buffers.Binary;
using System.Text;

namespace Sojourn.Storage.Sqlite;

/// <summary>A growing buffer that is used again and again.</summary>
internal sealed class ByteWriter(int capacity)
{
    private byte[] _bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Space for at least so many bytes, to be claimed by <see cref="Advance"/>.</summary>
    public Span<byte> Space(int bytes)
    {
        if (_bytes.Length - Length < bytes)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + bytes));
        return _bytes.AsSpan(Length);
    }

    public void Advance(int bytes) => Length += bytes;

    public void Byte(byte value)
    {
        Space(1)[0] = value;
        Length++;
    }

    public void UInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(Space(2), value);
        Length += 2;
    }

    public void Int32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Space(4), value);
        Length += 4;
    }

    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Space(8), value);
        Length += 8;
    }

    /// <summary>Seven bits a byte, least first; small numbers take one byte.</summary>
    public void Number(ulong value)
    {
        var space = Space(10);
        var length = 0;
        while (value >= 0x80)
        {
            space[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        space[length++] = (byte)value;
        Length += length;
    }

    /// <summary>A number around zero: 0, −1, 1, −2… become 0, 1, 2, 3…</summary>
    public void Difference(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Number((ulong)bytes.Length);
        bytes.CopyTo(Space(bytes.Length));
        Length += bytes.Length;
    }

    public void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Number((ulong)length);
        Encoding.UTF8.GetBytes(text, Space(length));
        Length += length;
    }
}
