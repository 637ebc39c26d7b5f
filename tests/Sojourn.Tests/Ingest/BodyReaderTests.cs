using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Sojourn.Ingest;
using Xunit;

namespace Sojourn.Tests.Ingest;

[Trait("Invariant", "I10")]
public sealed class BodyReaderTests
{
    private static readonly byte[] _text = Encoding.UTF8.GetBytes(
        string.Concat(Enumerable.Repeat("""{"name":"page_view"}""", 5_000)));

    [Theory]
    [InlineData(null)]
    [InlineData("identity")]
    [InlineData("gzip")]
    [InlineData("GZip")]
    [InlineData(" br ")]
    public async Task A_body_is_read_as_its_encoding_says(string? encoding)
    {
        var body = await ReadAsync(Compressed(_text, encoding), encoding);

        Assert.Null(body.Refusal);
        Assert.Equal(_text, body.Bytes.ToArray());
    }

    [Theory]
    [InlineData("gzip, gzip")]
    [InlineData("deflate")]
    [InlineData("zstd")]
    public async Task Other_and_stacked_encodings_are_refused(string encoding) =>
        Assert.Equal("encoding_unknown", (await ReadAsync(_text, encoding)).Refusal?.Code);

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Data_of_another_encoding_is_refused(string encoding) =>
        Assert.Equal("encoding_invalid", (await ReadAsync(_text, encoding)).Refusal?.Code);

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task The_wire_has_a_limit(string? encoding)
    {
        var noise = RandomNumberGenerator.GetBytes(Limits.WireBytesMax + 200_000);

        var body = await ReadAsync(Compressed(noise, encoding), encoding);

        Assert.Equal("body_too_large", body.Refusal?.Code);
    }

    [Fact]
    public async Task A_body_of_exactly_the_limit_is_read()
    {
        var body = await ReadAsync(new byte[Limits.WireBytesMax], null);

        Assert.Equal(Limits.WireBytesMax, body.Bytes.Length);
        Assert.Equal(
            "body_too_large",
            (await ReadAsync(new byte[Limits.WireBytesMax + 1], null)).Refusal?.Code);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_bomb_is_refused_before_it_has_grown(string encoding)
    {
        using var bomb = new MemoryStream(Compressed(new byte[64 * 1024 * 1024], encoding));
        Assert.InRange(bomb.Length, 0, Limits.WireBytesMax);
        var before = GC.GetAllocatedBytesForCurrentThread();

        // A stream in memory answers at once, so all of it happens on this thread.
        var reading = BodyReader.ReadAsync(
            bomb, encoding, BodySize.Native, TestContext.Current.CancellationToken);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal("decompressed_too_large", (await reading).Refusal?.Code);
        Assert.InRange(allocated, Limits.BodyBytesMax, 4 * Limits.BodyBytesMax);
    }

    [Fact]
    public async Task Just_as_much_as_may_come_out_is_read()
    {
        var body = await ReadAsync(
            Compressed(new byte[Limits.BodyBytesMax], "gzip"), "gzip");

        Assert.Equal(Limits.BodyBytesMax, body.Bytes.Length);
    }

    private static async Task<ReadBody> ReadAsync(byte[] wire, string? encoding)
    {
        using var stream = new MemoryStream(wire);
        return await BodyReader.ReadAsync(
            stream, encoding, BodySize.Native, TestContext.Current.CancellationToken);
    }

    private static byte[] Compressed(byte[] bytes, string? encoding)
    {
        var result = new MemoryStream();
        using (Stream stream = encoding?.Trim().ToLowerInvariant() switch
        {
            "gzip" => new GZipStream(result, CompressionLevel.Optimal),
            "br" => new BrotliStream(result, CompressionLevel.Optimal),
            _ => result,
        })
        {
            stream.Write(bytes);
        }

        return result.ToArray();
    }
}
