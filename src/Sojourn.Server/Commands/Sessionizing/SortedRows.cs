namespace Sojourn.Server.Commands.Sessionizing;

/// <summary>One session as a row of the result.</summary>
/// <param name="Person">The person's id.</param>
/// <param name="StartedUs">Its start, microseconds UTC.</param>
/// <param name="Cells">The row's cells; the first is the session's id.</param>
internal sealed record SessionRow(string Person, long StartedUs, string[] Cells)
    : IComparable<SessionRow>
{
    /// <summary>By person (ordinal), then start, then session id.</summary>
    public int CompareTo(SessionRow? other)
    {
        var byPerson = string.CompareOrdinal(Person, other?.Person);
        if (byPerson != 0)
            return byPerson;

        var byStart = StartedUs.CompareTo(other!.StartedUs); // Equal persons: there is another.
        return byStart != 0 ? byStart : string.CompareOrdinal(Cells[0], other.Cells[0]);
    }
}

/// <summary>Sorts any number of rows: each part in memory, the parts against each other.</summary>
internal sealed class SortedRows(string folder)
{
    private readonly List<string> _files = [];
    private List<SessionRow> _last = [];

    /// <summary>Adds a part; the one before it goes to a file.</summary>
    public void Add(List<SessionRow> part)
    {
        if (_last.Count > 0)
            _files.Add(Write(_last, Path.Combine(folder, $"rows-{_files.Count}")));
        part.Sort();
        _last = part;
    }

    /// <summary>All rows in order.</summary>
    public IEnumerable<SessionRow> ReadAll()
    {
        var parts = _files.Select(Read).Append(_last).Select(rows => rows.GetEnumerator()).ToList();
        var next = new PriorityQueue<IEnumerator<SessionRow>, SessionRow>();
        foreach (var part in parts)
        {
            if (part.MoveNext())
                next.Enqueue(part, part.Current);
        }

        while (next.TryDequeue(out var part, out var row))
        {
            yield return row;
            if (part.MoveNext())
                next.Enqueue(part, part.Current);
        }

        parts.ForEach(part => part.Dispose());
    }

    private static string Write(List<SessionRow> rows, string path)
    {
        using var to = new BinaryWriter(File.Create(path));
        foreach (var row in rows)
        {
            to.Write(row.Person);
            to.Write(row.StartedUs);
            to.Write((byte)row.Cells.Length);
            foreach (var cell in row.Cells) to.Write(cell);
        }

        return path;
    }

    private static IEnumerable<SessionRow> Read(string path)
    {
        using var file = File.OpenRead(path);
        using var from = new BinaryReader(file);
        while (file.Position < file.Length)
        {
            var (person, startedUs) = (from.ReadString(), from.ReadInt64());
            var cells = new string[from.ReadByte()];
            for (var i = 0; i < cells.Length; i++) cells[i] = from.ReadString();
            yield return new SessionRow(person, startedUs, cells);
        }
    }
}
