using System.IO.Compression;

namespace Sojourn.Ingest;

/// <summary>A body as it came, decompressed; or why it was not read.</summary>
/// <param name="Bytes">The body; empty when it was refused.</param>
/// <param name="Refusal">Why it was refused, or null.</param>
public readonly record struct ReadBody(ReadOnlyMemory<byte> Bytes, BodyRefusal? Refusal);

/// <summary>How large bodies of a wire format may be, and how larger ones are refused.</summary>
/// <param name="WireBytesMax">Bytes as they come over the wire.</param>
/// <param name="WireExceeded">Why more is refused.</param>
/// <param name="BytesMax">Bytes once decompressed.</param>
/// <param name="Exceeded">Why more is refused.</param>
public sealed record BodySize(
    int WireBytesMax, RefusalCode WireExceeded, int BytesMax, RefusalCode Exceeded)
{
    /// <summary>Of this product's own format.</summary>
    public static BodySize Native { get; } = new(
        Limits.WireBytesMax,
        RefusalCodes.BodyTooLarge,
        Limits.BodyBytesMax,
        RefusalCodes.DecompressedTooLarge);
}

/// <summary>
/// Reads bodies within the limits for the wire and for what comes out of it, whatever their
/// sender says about their length. Never holds more than the larger limit.
/// </summary>
public static class BodyReader
{
    private const int FirstBytes = 16 * 1024;

    /// <summary>Reads a body to its end. A refused body may be left unread in part.</summary>
    /// <param name="wire">The body as it comes. Its own failures are not caught.</param>
    /// <param name="encoding">
    /// <c>gzip</c>, <c>br</c>, <c>identity</c>, or null for none; several at once are refused.
    /// </param>
    /// <param name="size">How large it may be.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<ReadBody> ReadAsync(
        Stream wire, string? encoding, BodySize size, CancellationToken cancel)
    {
        await using var capped = new CappedStream(wire, size.WireBytesMax);
        await using var plain = Decompressed(capped, encoding?.Trim() ?? "");
        if (plain is null)
            return Refused(RefusalCodes.EncodingUnknown);

        try
        {
            var bytes = await ReadAllAsync(plain, size.BytesMax, cancel);
            return capped.IsExceeded ? Refused(size.WireExceeded)
                : bytes is null ? Refused(size.Exceeded)
                : new ReadBody(bytes.Value, null);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            // How the framework's decompressors say that the data is none of theirs.
            return Refused(capped.IsExceeded ? size.WireExceeded : RefusalCodes.EncodingInvalid);
        }
    }

    private static Stream? Decompressed(Stream wire, string encoding)
    {
        if (encoding.Length == 0 || Is("identity"))
            return wire;
        if (Is("gzip") || Is("x-gzip"))
            return new GZipStream(wire, CompressionMode.Decompress);

        return Is("br") ? new BrotliStream(wire, CompressionMode.Decompress) : null;

        bool Is(string name) => encoding.Equals(name, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAllAsync(
        Stream plain, int bytesMax, CancellationToken cancel)
    {
        var bytes = new byte[FirstBytes];
        var length = 0;
        while (true)
        {
            var read = await plain.ReadAsync(bytes.AsMemory(length), cancel);
            length += read;
            if (length > bytesMax)
                return null;
            if (read == 0)
                return bytes.AsMemory(0, length);
            if (length == bytes.Length)
                Array.Resize(ref bytes, Math.Min(length * 2, bytesMax + 1));
        }
    }

    private static ReadBody Refused(RefusalCode reason) => new(default, new BodyRefusal(reason));

    /// <summary>Ends early, and says so, when more comes than it may.</summary>
    private sealed class CappedStream(Stream inner, long bytesMax) : Stream
    {
        private long _read;

        public bool IsExceeded => _read > bytesMax;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _read;
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = IsExceeded ? 0 : await inner.ReadAsync(buffer, cancellationToken);
            _read += read;
            return IsExceeded ? 0 : read;
        }

        public override int Read(byte[] buffer, int offset, int count) =>
            throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) =>
            throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) =>
            throw new NotSupportedException();
    }
}
