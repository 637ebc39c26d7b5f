using System.Runtime.InteropServices;
using Sojourn.Sessions;

namespace Sojourn.Storage.Columns;

/// <summary>The sessions of <see cref="Rows"/> neighbouring rows, column by column.</summary>
/// <remarks>
/// Everything about a row is in its block. So a block can be skipped by its least and greatest
/// values, scanned within the processor's cache, given to one of several threads, and kept by a
/// reader for as long as it likes: the writer then changes a copy.
/// </remarks>
internal sealed class RowBlock
{
    /// <summary>Rows of a block. A power of two; a column of it fits the first cache.</summary>
    public const int Rows = 4096;

    private readonly char _kind;
    private readonly ulong[] _keys;
    private readonly ulong[] _parts;

    public RowBlock(char kind, int columns)
        : this(kind, new ulong[Rows], new ulong[Rows])
    {
        Columns = new Packed[columns];
        for (var i = 0; i < columns; i++)
            Columns[i] = new Packed();
    }

    private RowBlock(char kind, ulong[] keys, ulong[] parts)
    {
        _kind = kind;
        _keys = keys;
        _parts = parts;
    }

    /// <summary>The numbers and the codes of words.</summary>
    public Packed[] Columns { get; private set; } = [];

    /// <summary>The texts that search looks into.</summary>
    public TextHeap Searched { get; private set; } = new();

    /// <summary>The other texts.</summary>
    public TextHeap Shown { get; private set; } = new();

    /// <summary>
    /// For each row, bits of the ids of its person; see <see cref="PersonMarks"/>.
    /// </summary>
    public uint[] PersonMarks { get; private init; } = new uint[Rows];

    /// <summary>The rows in use.</summary>
    public ulong[] Live { get; private init; } = new ulong[Masks.Words];

    /// <summary>Counts of the block as it is; null when nobody asked since it changed.</summary>
    public BlockTally? Tally { get; set; }

    /// <summary>True once a reader holds it: then it never changes again.</summary>
    public bool IsKept { get; set; }

    /// <summary>Memory in use.</summary>
    public long ByteSize =>
        Rows * (sizeof(ulong) * 2 + sizeof(uint)) + Rows / 8
        + Columns.Sum(one => (long)one.ByteSize) + Searched.ByteSize + Shown.ByteSize
        + (Tally?.ByteSize ?? 0);

    public SessionId Id(int row) => new(_kind, _keys[row], _parts[row]);

    public bool IsId(int row, SessionId id) => _parts[row] == id.Part && _keys[row] == id.Key;

    public void SetId(int row, SessionId id)
    {
        _keys[row] = id.Key;
        _parts[row] = id.Part;
    }

    /// <summary>Gives back the room kept for more texts.</summary>
    public void Trim()
    {
        Searched.Trim();
        Shown.Trim();
    }

    public void Save(BinaryWriter to)
    {
        to.Write(MemoryMarshal.AsBytes(_keys.AsSpan()));
        to.Write(MemoryMarshal.AsBytes(_parts.AsSpan()));
        to.Write(MemoryMarshal.AsBytes(PersonMarks.AsSpan()));
        to.Write(MemoryMarshal.AsBytes(Live.AsSpan()));
        foreach (var column in Columns)
            column.Save(to);
        Searched.Save(to);
        Shown.Save(to);
    }

    public static RowBlock Load(BinaryReader from, char kind, int columns)
    {
        var block = new RowBlock(kind, new ulong[Rows], new ulong[Rows]);
        from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(block._keys.AsSpan()));
        from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(block._parts.AsSpan()));
        from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(block.PersonMarks.AsSpan()));
        from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(block.Live.AsSpan()));
        block.Columns = new Packed[columns];
        for (var i = 0; i < columns; i++)
            block.Columns[i] = Packed.Load(from);
        block.Searched = TextHeap.Load(from);
        block.Shown = TextHeap.Load(from);
        return block;
    }

    public RowBlock Clone() => new(_kind, [.. _keys], [.. _parts])
    {
        Columns = [.. Columns.Select(one => one.Clone())],
        Searched = Searched.Clone(),
        Shown = Shown.Clone(),
        PersonMarks = [.. PersonMarks],
        Live = [.. Live],
    };
}
