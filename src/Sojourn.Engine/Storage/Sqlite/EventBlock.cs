using System.Buffers.Binary;
using System.IO.Compression;
using Sojourn.Events;

namespace Sojourn.Storage.Sqlite;

/// <summary>A block in memory. Events from disk are decoded one by one, when asked for.</summary>
internal sealed class EventBlock
{
    // What an event costs as objects over its bytes: about ten of them with their headers.
    private const int ObjectBytes = 400;

    private readonly Event?[] _events;
    private readonly ulong[]? _contents;
    private readonly byte[] _payload = [];
    private readonly byte[] _body = [];
    private readonly BlockHeader _header;

    /// <summary>A block just stored, with the events still at hand.</summary>
    public EventBlock(BlockHeader header, Event[] events, ulong[] contents)
    {
        _header = header;
        _events = events;
        _contents = contents;
    }

    /// <summary>A block read from disk.</summary>
    /// <exception cref="InvalidDataException">The payload is damaged.</exception>
    public EventBlock(BlockHeader header, byte[] payload)
    {
        _header = header;
        _payload = payload;
        _events = header.Contents == BlockContents.Events ? new Event?[header.Count] : [];
        _body = Unpack(header, payload);
    }

    public int Count => _events.Length;

    public BlockHeader Header => _header;

    /// <summary>The unpacked contents; empty for a block just stored.</summary>
    public ReadOnlySpan<byte> Body => _body;

    /// <summary>Roughly what it takes in memory once all its events are decoded.</summary>
    public long Bytes => _payload.Length + (2L * _header.BodyBytes) + (ObjectBytes * (long)Count);

    /// <summary>The event of a place in the block, from 0.</summary>
    public Event this[int index] => _events[index] ??= Decode(index);

    /// <summary>The fingerprint of that event's content.</summary>
    public ulong ContentOf(int index) => _contents is null
        ? BinaryPrimitives.ReadUInt64LittleEndian(DirectoryOf(index)[4..])
        : _contents[index];

    private Event Decode(int index)
    {
        var start = index == 0 ? 0 : EndOf(index - 1);
        return EventRecord.Read(_body.AsSpan(start..EndOf(index)), _header.FromUs);
    }

    private int EndOf(int index) => BinaryPrimitives.ReadInt32LittleEndian(DirectoryOf(index));

    private ReadOnlySpan<byte> DirectoryOf(int index) => _payload.AsSpan(
        _header.DirectoryStart + (index * BlockHeader.DirectoryEntryBytes),
        BlockHeader.DirectoryEntryBytes);

    private static byte[] Unpack(BlockHeader header, byte[] payload)
    {
        var packed = payload.AsSpan(header.BodyStart);
        if (!header.Packed)
            return packed.ToArray();

        var body = new byte[header.BodyBytes];
        return BrotliDecoder.TryDecompress(packed, body, out var length) && length == body.Length
            ? body
            : throw new InvalidDataException("A block's body cannot be unpacked.");
    }
}
