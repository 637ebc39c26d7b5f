using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Sojourn.Storage.Sqlite;

/// <summary>What a witness saw.</summary>
/// <param name="Sequence">The last block committed; 0 = none.</param>
/// <param name="Events">Events stored up to then, in all projects.</param>
/// <param name="Chain">The chain of hashes up to then.</param>
internal readonly record struct Testimony(long Sequence, long Events, ReadOnlyMemory<byte> Chain);

/// <summary>
/// A second small file that knows how far the database had come, since a database that lost its
/// end looks whole. Written after each commit, never before, and synced by its owner.
/// </summary>
/// <remarks>
/// Two places, written in turn, so that one is whole whenever the power goes: magic (8 bytes),
/// sequence (8), events (8), chain (32), SHA-256 of these (32).
/// </remarks>
internal sealed class Witness : IDisposable
{
    private const int SignedBytes = 56;
    private const int PlaceBytes = SignedBytes + SHA256.HashSizeInBytes;

    // Each place in a sector of its own.
    private const int PlaceDistance = 4096;

    private readonly SafeFileHandle _file;
    private long _turn;

    private Witness(SafeFileHandle file) => _file = file;

    private static ReadOnlySpan<byte> Magic => "SJWITN01"u8;

    /// <summary>Opens the file, creating it when it is not there.</summary>
    public static Witness Open(string file) => new(File.OpenHandle(
        file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));

    /// <summary>What was written last, or null when nothing was or nothing is whole.</summary>
    public Testimony? Read()
    {
        var (first, second) = (Read(0), Read(1));
        return first is null || second?.Sequence > first.Value.Sequence ? second : first;
    }

    /// <summary>Writes where the database has come to; lasts once <see cref="Sync"/> ran.</summary>
    public void Write(Testimony testimony)
    {
        Span<byte> place = stackalloc byte[PlaceBytes];
        Magic.CopyTo(place);
        BinaryPrimitives.WriteInt64LittleEndian(place[8..], testimony.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(place[16..], testimony.Events);
        testimony.Chain.Span.CopyTo(place[24..]);
        SHA256.HashData(place[..SignedBytes], place[SignedBytes..]);
        RandomAccess.Write(_file, place, (_turn++ & 1) * PlaceDistance);
    }

    /// <summary>Forgets everything and begins from where a database is now.</summary>
    public void Reset(Testimony testimony)
    {
        RandomAccess.SetLength(_file, 0);
        Write(testimony);
        Sync();
    }

    public void Sync() => RandomAccess.FlushToDisk(_file);

    public void Dispose() => _file.Dispose();

    private Testimony? Read(int index)
    {
        Span<byte> place = stackalloc byte[PlaceBytes];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var length = RandomAccess.Read(_file, place, index * PlaceDistance);
        SHA256.HashData(place[..SignedBytes], hash);
        if (length < PlaceBytes || !place.StartsWith(Magic)
            || !hash.SequenceEqual(place[SignedBytes..]))
        {
            return null;
        }

        return new Testimony(
            BinaryPrimitives.ReadInt64LittleEndian(place[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(place[16..]),
            place[24..SignedBytes].ToArray());
    }
}
