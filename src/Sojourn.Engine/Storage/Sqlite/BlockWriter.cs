using System.IO.Compression;
using Sojourn.Events;

namespace Sojourn.Storage.Sqlite;

/// <summary>Makes payloads of blocks, see <see cref="BlockHeader"/>. For one thread.</summary>
internal sealed class BlockWriter
{
    /// <summary>Most events in a block.</summary>
    public const int EventsMax = 2_000;

    // A block is the unit of reading one old event, so it must not take long to unpack.
    private const int BodyBytesMax = 256 << 10;

    // Packing less than this saves no page of the file.
    private const int PackBytesMin = 4 << 10;

    // The fastest that still finds repetitions, of which web events are full.
    private const int PackQuality = 1;
    private const int PackWindow = 18;

    private readonly ByteWriter _body = new(BodyBytesMax * 2);
    private readonly ByteWriter _packed = new(BodyBytesMax * 2);
    private readonly ByteWriter _directory = new(EventsMax * BlockHeader.DirectoryEntryBytes);
    private readonly ByteWriter _payload = new(BodyBytesMax * 2);

    /// <summary>The payload made last; good until the next is made.</summary>
    public ReadOnlySpan<byte> Payload => _payload.Written;

    /// <summary>Makes a block of the first events of a list, as many as fit.</summary>
    /// <param name="project">The project's id.</param>
    /// <param name="first">The number of the first event.</param>
    /// <param name="events">At least one.</param>
    /// <param name="contents">Each event's content fingerprint.</param>
    public BlockHeader Make(
        string project, int first, ReadOnlySpan<Event> events, ReadOnlySpan<ulong> contents)
    {
        _body.Clear();
        _directory.Clear();
        var (fromUs, toUs) = BoundsOf(events[..Math.Min(events.Length, EventsMax)]);
        var count = 0;
        while (count < events.Length && count < EventsMax && _body.Length < BodyBytesMax)
        {
            EventRecord.Write(_body, events[count], fromUs);
            _directory.Int32(_body.Length);
            _directory.Int64((long)contents[count]);
            count++;
        }

        return Assemble(new BlockHeader(
            BlockContents.Events, false, project, first, count, fromUs, toUs, _body.Length));
    }

    /// <summary>Makes a block of one action.</summary>
    /// <param name="project">The project's id.</param>
    /// <param name="number">The action's number.</param>
    /// <param name="timeUs">When it was accepted.</param>
    /// <param name="json">The action.</param>
    public BlockHeader Make(string project, int number, long timeUs, ReadOnlySpan<byte> json)
    {
        _body.Clear();
        _directory.Clear();
        Append(_body, json);
        return Assemble(new BlockHeader(
            BlockContents.Action, false, project, number, 1, timeUs, timeUs, json.Length));
    }

    private BlockHeader Assemble(BlockHeader header)
    {
        var packed = TryPack();
        header = header with { Packed = packed };
        _payload.Clear();
        header.Write(_payload);
        Append(_payload, _directory.Written);
        Append(_payload, packed ? _packed.Written : _body.Written);
        return header;
    }

    private bool TryPack()
    {
        if (_body.Length < PackBytesMin)
            return false;

        _packed.Clear();
        var space = _packed.Space(_body.Length);
        if (!BrotliEncoder.TryCompress(
            _body.Written, space, out var length, PackQuality, PackWindow)
            || length > _body.Length / 4 * 3)
        {
            return false;
        }

        _packed.Advance(length);
        return true;
    }

    private static (long FromUs, long ToUs) BoundsOf(ReadOnlySpan<Event> events)
    {
        var (fromUs, toUs) = (long.MaxValue, long.MinValue);
        foreach (var e in events)
        {
            fromUs = Math.Min(fromUs, e.TimeUs);
            toUs = Math.Max(toUs, e.TimeUs);
        }

        return (fromUs, toUs);
    }

    private static void Append(ByteWriter to, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(to.Space(bytes.Length));
        to.Advance(bytes.Length);
    }
}
