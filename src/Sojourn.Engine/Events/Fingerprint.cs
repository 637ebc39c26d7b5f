using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Sojourn.Events;

/// <summary>
/// The first 64 bits of SHA-256, big-endian: the same for ever and on every machine, and not
/// to be forged for somebody else's text. Source: FIPS 180-4.
/// </summary>
public static class Fingerprint
{
    private const int StackBytesMax = 512;

    /// <summary>Fingerprint of a text's UTF-8 form.</summary>
    public static ulong Of(string text)
    {
        Span<byte> space = stackalloc byte[StackBytesMax];
        return Encoding.UTF8.TryGetBytes(text, space, out var length)
            ? Of(space[..length])
            : Of(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Fingerprint of a prefix and a text's UTF-8 form together.</summary>
    public static ulong Of(ReadOnlySpan<byte> prefix, string text)
    {
        Span<byte> space = stackalloc byte[StackBytesMax];
        prefix.CopyTo(space);
        return Encoding.UTF8.TryGetBytes(text, space[prefix.Length..], out var length)
            ? Of(space[..(prefix.Length + length)])
            : Of([.. prefix, .. Encoding.UTF8.GetBytes(text)]);
    }

    /// <summary>Fingerprint of bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}
