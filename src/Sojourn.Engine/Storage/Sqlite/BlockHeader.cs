using System.Text;

namespace Sojourn.Storage.Sqlite;

/// <summary>What a block holds.</summary>
internal enum BlockContents : byte
{
    /// <summary>Events of one project, numbered on from <see cref="BlockHeader.First"/>.</summary>
    Events = 1,

    /// <summary>One accepted staff action as JSON; its number is the first.</summary>
    Action = 2,
}

/// <summary>The beginning of a block: everything but its contents.</summary>
/// <remarks>
/// Version 1, little-endian: "SJB" and the version (4 bytes), contents (1), packing (1), length
/// of the project's id (2), first (4), count (4), from (8), to (8), length of the body when
/// unpacked (4), the project's id. Then the directory: for each event, where it ends in the
/// unpacked body (4) and its content's fingerprint (8). Then the body.
/// </remarks>
/// <param name="Contents">What it holds.</param>
/// <param name="Packed">True when the body is packed with Brotli.</param>
/// <param name="Project">The project's id.</param>
/// <param name="First">Number of its first event or of its action, in its project.</param>
/// <param name="Count">Events or actions in it.</param>
/// <param name="FromUs">
/// No event in it is earlier; microseconds UTC. Times in it are told against this one.
/// </param>
/// <param name="ToUs">No event in it is later.</param>
/// <param name="BodyBytes">Length of the body when unpacked.</param>
internal readonly record struct BlockHeader(
    BlockContents Contents,
    bool Packed,
    string Project,
    int First,
    int Count,
    long FromUs,
    long ToUs,
    int BodyBytes)
{
    public const int DirectoryEntryBytes = 12;

    private const byte FormatVersion = 1;
    private const int FixedBytes = 36;

    private static ReadOnlySpan<byte> Magic => "SJB"u8;

    /// <summary>Where the directory begins in the payload.</summary>
    public int DirectoryStart => FixedBytes + Encoding.UTF8.GetByteCount(Project);

    /// <summary>Where the body begins in the payload.</summary>
    public int BodyStart => Contents == BlockContents.Events
        ? DirectoryStart + (Count * DirectoryEntryBytes)
        : DirectoryStart;

    /// <summary>Where its events are once it is stored under a sequence.</summary>
    public BlockPlace PlaceAt(long sequence) => new(sequence, First, Count, FromUs, ToUs);

    public void Write(ByteWriter to)
    {
        Magic.CopyTo(to.Space(Magic.Length));
        to.Advance(Magic.Length);
        to.Byte(FormatVersion);
        to.Byte((byte)Contents);
        to.Byte(Packed ? (byte)1 : (byte)0);
        var project = Encoding.UTF8.GetBytes(Project);
        to.UInt16(checked((ushort)project.Length));
        to.Int32(First);
        to.Int32(Count);
        to.Int64(FromUs);
        to.Int64(ToUs);
        to.Int32(BodyBytes);
        project.CopyTo(to.Space(project.Length));
        to.Advance(project.Length);
    }

    /// <exception cref="InvalidDataException">This is no block of a known version.</exception>
    public static BlockHeader Read(ReadOnlySpan<byte> payload)
    {
        var from = new ByteReader(payload);
        if (!from.Take(Magic.Length).SequenceEqual(Magic))
            throw new InvalidDataException("This is no block.");
        if (from.Byte() is not FormatVersion and var version)
            throw new InvalidDataException($"Block version {version} is not known.");

        var contents = (BlockContents)from.Byte();
        var packed = from.Byte() == 1;
        var projectBytes = from.UInt16();
        var first = from.Int32();
        var count = from.Int32();
        var fromUs = from.Int64();
        var toUs = from.Int64();
        var bodyBytes = from.Int32();
        var project = Encoding.UTF8.GetString(from.Take(projectBytes));
        return new(contents, packed, project, first, count, fromUs, toUs, bodyBytes);
    }
}
