using System.Buffers;
using System.IO.Compression;
using Sojourn.Ingest;

namespace Sojourn.Server.Api;

/// <summary>A request's body, decompressed, in a borrowed buffer that disposing gives back.</summary>
internal sealed class RequestBody : IDisposable
{
    private const int FirstBytes = 16 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int _length;

    private RequestBody()
    {
    }

    /// <summary>The bytes; valid until disposed.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Reads a body of any supported encoding, up to the limits.</summary>
    /// <returns>The body so far, and why it is refused or null.</returns>
    public static async Task<(RequestBody Body, RefusalCode? Refused)> ReadAsync(
        HttpRequest request, CancellationToken cancel)
    {
        var body = new RequestBody();
        try
        {
            return (body, await body.FillAsync(request, cancel));
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    private async Task<RefusalCode?> FillAsync(HttpRequest request, CancellationToken cancel)
    {
        var encoding = request.Headers.ContentEncoding.ToString().Trim().ToLowerInvariant();
        switch (encoding)
        {
            case "" or "identity":
                return await FillAsync(request.Body, Limits.WireBytesMax, cancel)
                    ? null
                    : RefusalCodes.BodyTooLarge;
            case "gzip":
                return await InflateAsync(
                    new GZipStream(request.Body, CompressionMode.Decompress), cancel);
            case "br":
                return await InflateAsync(
                    new BrotliStream(request.Body, CompressionMode.Decompress), cancel);
            default:
                return RefusalCodes.EncodingUnknown;
        }
    }

    private async Task<RefusalCode?> InflateAsync(Stream stream, CancellationToken cancel)
    {
        await using (stream)
        {
            try
            {
                return await FillAsync(stream, Limits.BodyBytesMax, cancel)
                    ? null
                    : RefusalCodes.DecompressedTooLarge;
            }
            catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
            {
                return RefusalCodes.EncodingInvalid;
            }
        }
    }

    // False when there is more than the limit; no more than one buffer beyond it is read.
    private async Task<bool> FillAsync(Stream stream, int bytesMax, CancellationToken cancel)
    {
        while (true)
        {
            if (_length == _buffer.Length)
                Grow();

            var read = await stream.ReadAsync(_buffer.AsMemory(_length), cancel);
            if (read == 0)
                return true;

            _length += read;
            if (_length > bytesMax)
                return false;
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
