using System.Security.Cryptography;

namespace Sojourn.Storage.Columns;

/// <summary>
/// Writes a snapshot as frames: length, content, SHA-256 over the last frame's hash and the
/// content. So damage, a missing frame or another order is noticed before a byte is believed.
/// </summary>
internal sealed class SnapshotWriter(Stream to) : IDisposable
{
    private readonly MemoryStream _content = new();
    private byte[] _hash = new byte[SHA256.HashSizeInBytes];

    /// <summary>Writes one frame.</summary>
    public void Frame(Action<BinaryWriter> write)
    {
        _content.SetLength(0);
        using (var writer = new BinaryWriter(_content, System.Text.Encoding.UTF8, leaveOpen: true))
            write(writer);

        var content = _content.GetBuffer().AsSpan(0, (int)_content.Length);
        _hash = SnapshotReader.Hash(_hash, content);
        to.Write(BitConverter.GetBytes(content.Length));
        to.Write(content);
        to.Write(_hash);
    }

    public void Dispose() => _content.Dispose();
}
