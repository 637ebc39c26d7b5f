using System.Security.Cryptography;
using System.Text;

namespace Sojourn.Storage.Sqlite;

/// <summary>
/// What one project holds in memory, in a file, for a fast start. It can be thrown away at any
/// time: whatever is in doubt about it, the blocks are read instead.
/// </summary>
/// <remarks>
/// The file: magic (8 bytes), who wrote it (text), the last block it knows (8), the chain as of
/// that block (32), the share, and SHA-256 of all that (32).
/// </remarks>
internal static class Snapshot
{
    private const int BufferBytes = 1 << 20;

    private static ReadOnlySpan<byte> Magic => "SJSNAP03"u8;

    /// <summary>Writes a share as it is now; nothing may be added to it meanwhile.</summary>
    /// <exception cref="IOException">It could not be written; the last one stays.</exception>
    public static void Save(string folder, ProjectShare share, BlockLog log)
    {
        Directory.CreateDirectory(folder);
        var target = FileOf(folder, share);
        var temporary = target + ".new";
        using (var file = new FileStream(temporary, FileMode.Create))
        {
            var hash = Write(file, share, log);
            file.Write(hash);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, target, overwrite: true);
    }

    /// <summary>The share as it was saved, or null when there is none or it is in doubt.</summary>
    public static ProjectShare? Load(
        string folder, Project project, BlockLog log, StoreKinds kinds)
    {
        var share = new ProjectShare(project, log, kinds);
        var path = FileOf(folder, share);
        if (!File.Exists(path))
            return null;

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
            if (!IsWhole(file))
                return null;

            file.Position = 0;
            using var buffer = new BufferedStream(file, BufferBytes);
            using var from = new BinaryReader(buffer, Encoding.UTF8, leaveOpen: true);
            return IsOurs(from, log, share.Maker, out var lastBlock)
                && share.Load(from, lastBlock)
                    ? share
                    : null;
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Removes what a failed <see cref="Save"/> left behind.</summary>
    public static void Discard(string folder, ProjectShare share)
    {
        try
        {
            File.Delete(FileOf(folder, share) + ".new");
        }
        catch (IOException)
        {
            // It is in nobody's way and is overwritten by the next.
        }
    }

    private static byte[] Write(FileStream file, ProjectShare share, BlockLog log)
    {
        using var sha = SHA256.Create();
        using var hashing = new CryptoStream(file, sha, CryptoStreamMode.Write, leaveOpen: true);
        using (var buffer = new BufferedStream(hashing, BufferBytes))
        using (var to = new BinaryWriter(buffer, Encoding.UTF8))
        {
            to.Write(Magic);
            to.Write(share.Maker);
            to.Write(share.LastBlock);
            to.Write(log.ChainAt(share.LastBlock) ?? new byte[SHA256.HashSizeInBytes]);
            share.Save(to);
        }

        return sha.Hash!; // CryptoStream computed it when it was closed with the buffer.
    }

    private static bool IsWhole(FileStream file)
    {
        var left = file.Length - SHA256.HashSizeInBytes;
        if (left < 0)
            return false;

        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        while (left > 0)
        {
            var read = file.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            sha.AppendData(buffer, 0, read);
            left -= read;
        }

        file.ReadExactly(buffer, 0, SHA256.HashSizeInBytes);
        return sha.GetHashAndReset().AsSpan().SequenceEqual(
            buffer.AsSpan(0, SHA256.HashSizeInBytes));
    }

    private static bool IsOurs(
        BinaryReader from, BlockLog log, string maker, out long lastBlock)
    {
        lastBlock = 0;
        if (!from.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic)
            || from.ReadString() != maker)
        {
            return false;
        }

        lastBlock = from.ReadInt64();
        var chain = from.ReadBytes(SHA256.HashSizeInBytes);
        return lastBlock > 0 && log.ChainAt(lastBlock)?.AsSpan().SequenceEqual(chain) == true;
    }

    private static string FileOf(string folder, ProjectShare share) =>
        Path.Combine(folder, share.Project.Id + ".snapshot");
}
