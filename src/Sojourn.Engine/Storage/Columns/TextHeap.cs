using System.Runtime.InteropServices;

namespace Sojourn.Storage.Columns;

/// <summary>
/// The texts of a block's rows, one record a row, in one array that search scans.
/// </summary>
/// <remarks>
/// Each record is preceded by a mark and its row's number, so that a hit anywhere finds its row.
/// A record that changes is added again at the end; what it leaves behind is collected once it
/// is more than what is in use.
/// </remarks>
internal sealed class TextHeap
{
    // Two bytes follow it, both with the high bit set and the next clear: in UTF-8 such bytes
    // never begin a letter, so no needle fits across the head of a record.
    private const byte Head = 0xFF;
    private const int HeadLength = 3;

    private byte[] _bytes = [];
    private int _used;
    private int _left;
    private int[] _starts = [];

    /// <summary>Memory in use.</summary>
    public int ByteSize => _bytes.Length + _starts.Length * sizeof(int) + 80;

    /// <summary>The record of a row; empty when it has none.</summary>
    public ReadOnlySpan<byte> this[int row] =>
        _starts.Length == 0 || _starts[row] == 0 ? [] : Record(_starts[row]);

    /// <summary>Replaces the record of a row.</summary>
    public void Write(int row, ReadOnlySpan<byte> record)
    {
        var old = this[row];
        if (old.SequenceEqual(record))
            return;

        if (_starts.Length == 0)
            _starts = new int[RowBlock.Rows];
        Forget(row);
        if (_left > _used / 2 && _left > 4096)
            Collect();
        Append(row, record);
    }

    /// <summary>Drops the record of a row.</summary>
    public void Forget(int row)
    {
        if (_starts.Length == 0 || _starts[row] == 0)
            return;
        _left += Record(_starts[row]).Length + HeadLength;
        _starts[row] = 0;
    }

    /// <summary>Sets the bits of the rows whose record has the bytes in it.</summary>
    public void Search(ReadOnlySpan<byte> needle, Span<ulong> mask)
    {
        var heap = _bytes.AsSpan(0, _used);
        var at = 0;
        while (heap[at..].IndexOf(needle) is var found and >= 0)
        {
            var head = heap[..(at + found)].LastIndexOf(Head);
            var row = (heap[head + 1] & 0x3F) << 6 | heap[head + 2] & 0x3F;
            if (_starts[row] == head + HeadLength)
                Masks.Set(mask, row);

            var next = heap[(at + found)..].IndexOf(Head);
            if (next < 0)
                return;
            at += found + next;
        }
    }

    /// <summary>Gives back the room kept for more rows.</summary>
    public void Trim() => Array.Resize(ref _bytes, _used);

    public TextHeap Clone()
    {
        var clone = (TextHeap)MemberwiseClone();
        clone._bytes = _bytes.AsSpan().ToArray();
        clone._starts = _starts.AsSpan().ToArray();
        return clone;
    }

    public void Save(BinaryWriter to)
    {
        to.Write(_used);
        to.Write(_left);
        to.Write(_bytes.AsSpan(0, _used));
        to.Write(_starts.Length > 0);
        if (_starts.Length > 0)
            to.Write(MemoryMarshal.AsBytes(_starts.AsSpan()));
    }

    public static TextHeap Load(BinaryReader from)
    {
        var heap = new TextHeap { _used = from.ReadInt32(), _left = from.ReadInt32() };
        heap._bytes = new byte[heap._used];
        from.BaseStream.ReadExactly(heap._bytes);
        if (from.ReadBoolean())
        {
            heap._starts = new int[RowBlock.Rows];
            from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(heap._starts.AsSpan()));
        }

        return heap;
    }

    private Span<byte> Record(int start)
    {
        var rest = _bytes.AsSpan(start, _used - start);
        var length = rest.IndexOf(Head);
        return length < 0 ? rest : rest[..length];
    }

    private void Append(int row, ReadOnlySpan<byte> record)
    {
        var needed = _used + HeadLength + record.Length;
        if (needed > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(needed, Math.Max(1024, _used + _used / 4)));

        _bytes[_used] = Head;
        _bytes[_used + 1] = (byte)(0x80 | row >> 6);
        _bytes[_used + 2] = (byte)(0x80 | row & 0x3F);
        record.CopyTo(_bytes.AsSpan(_used + HeadLength));
        _starts[row] = _used + HeadLength;
        _used = needed;
    }

    private void Collect()
    {
        var old = (TextHeap)MemberwiseClone();
        _bytes = new byte[_used - _left];
        _starts = new int[RowBlock.Rows];
        _used = 0;
        _left = 0;
        for (var row = 0; row < RowBlock.Rows; row++)
        {
            if (old._starts[row] != 0)
                Append(row, old.Record(old._starts[row]));
        }
    }
}
