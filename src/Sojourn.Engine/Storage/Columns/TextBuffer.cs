using System.Text;

namespace Sojourn.Storage.Columns;

/// <summary>The record being written: a byte buffer that is used again and again.</summary>
internal sealed class TextBuffer
{
    private byte[] _bytes = new byte[1024];
    private int _used;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _used);

    public void Clear() => _used = 0;

    public void Add(byte mark)
    {
        Reserve(1);
        _bytes[_used++] = mark;
    }

    public void Add(byte mark, string text, bool lower = false)
    {
        Reserve(1 + Encoding.UTF8.GetMaxByteCount(text.Length));
        _bytes[_used++] = mark;
        if (lower)
        {
            Ascii.ToLower(text, _bytes.AsSpan(_used), out var written);
            _used += written;
        }
        else
        {
            _used += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_used));
        }
    }

    private void Reserve(int more)
    {
        if (_used + more > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + more));
    }
}
