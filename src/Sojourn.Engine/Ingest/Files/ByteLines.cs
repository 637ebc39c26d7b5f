namespace Sojourn.Ingest.Files;

/// <summary>
/// Reads a file's lines as bytes, without their ends. A line longer than
/// <see cref="Limits.LineBytesMax"/> is cut to it and marked.
/// </summary>
internal sealed class ByteLines(Stream stream)
{
    private const int FirstBytes = 128 * 1024;

    private byte[] _bytes = new byte[FirstBytes];
    private int _start;
    private int _end;
    private bool _isOver;

    /// <summary>The line read last.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Its number, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Bytes of the file up to its end.</summary>
    public long EndOffset { get; private set; }

    /// <summary>True when it was longer than it may be, and only its start is there.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Moves to the next line; false at the end of the file.</summary>
    public bool TryNext()
    {
        IsTooLong = false;
        var searched = 0;
        while (true)
        {
            var found = _bytes.AsSpan(_start + searched, _end - _start - searched)
                .IndexOf((byte)'\n');
            if (found >= 0)
                return Take(searched + found, ended: true);
            if (_isOver)
                return _end > _start && Take(_end - _start, ended: false);

            searched = _end - _start;
            if (searched > Limits.LineBytesMax)
                return TakeTooLong();

            Fill();
        }
    }

    private bool Take(int length, bool ended)
    {
        var line = _bytes.AsMemory(_start, length);
        Line = line.Length > 0 && line.Span[^1] == '\r' ? line[..^1] : line;
        if (Number == 0 && Line.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            Line = Line[3..];

        IsTooLong = Line.Length > Limits.LineBytesMax;
        _start += length + (ended ? 1 : 0);
        EndOffset += length + (ended ? 1 : 0);
        Number++;
        return true;
    }

    private bool TakeTooLong()
    {
        var kept = _bytes.AsSpan(_start, Limits.LineBytesMax).ToArray();
        while (true)
        {
            var end = _bytes.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            var passed = end < 0 ? _end - _start : end + 1;
            _start += passed;
            EndOffset += passed;
            if (end >= 0 || _isOver)
                break;

            Fill();
        }

        Number++;
        Line = kept;
        return IsTooLong = true;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _bytes.Length)
            Array.Resize(ref _bytes, _bytes.Length * 2);

        var read = stream.Read(_bytes, _end, _bytes.Length - _end);
        _end += read;
        _isOver = read == 0;
    }
}
