using System.Security.Cryptography;

namespace Sojourn.Storage.Columns;

/// <summary>Reads what <see cref="SnapshotWriter"/> wrote.</summary>
internal sealed class SnapshotReader(Stream from)
{
    private const int ContentBytesMax = 1 << 30;

    private readonly byte[] _expected = new byte[SHA256.HashSizeInBytes];
    private byte[] _content = [];
    private byte[] _hash = new byte[SHA256.HashSizeInBytes];

    /// <summary>The next frame's content.</summary>
    /// <exception cref="InvalidDataException">It is not what was written.</exception>
    /// <exception cref="EndOfStreamException">It is cut short.</exception>
    public BinaryReader Frame()
    {
        var length = new byte[sizeof(int)];
        from.ReadExactly(length);
        var size = BitConverter.ToInt32(length);
        if (size is < 0 or > ContentBytesMax)
            throw new InvalidDataException("A frame has an impossible length.");

        if (size > _content.Length)
            _content = new byte[Math.Max(size, _content.Length * 2)];
        var content = _content.AsSpan(0, size);
        from.ReadExactly(content);
        from.ReadExactly(_expected);
        _hash = Hash(_hash, content);
        if (!_hash.AsSpan().SequenceEqual(_expected))
            throw new InvalidDataException("A frame is damaged.");
        return new BinaryReader(new MemoryStream(_content, 0, size, writable: false));
    }

    internal static byte[] Hash(byte[] last, ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(last);
        hash.AppendData(content);
        return hash.GetHashAndReset();
    }
}
