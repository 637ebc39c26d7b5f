using Sojourn.Sessions;

namespace Sojourn.Storage.Columns;

/// <summary>
/// All sessions of a project as bytes, so that a start need not fold every event.
/// </summary>
internal static class Snapshot
{
    private const string Format = "sojourn columns 1";

    /// <summary>Writes tables that are kept.</summary>
    public static void Save(Stream to, IReadOnlyList<TableView> tables)
    {
        using var writer = new SnapshotWriter(to);
        writer.Frame(frame =>
        {
            frame.Write(Format);
            frame.Write(BitConverter.IsLittleEndian);
            frame.Write(KindsOf([.. tables.Select(one => one.Layout.Kind)]));
        });

        foreach (var table in tables)
        {
            writer.Frame(frame =>
            {
                table.Layout.Save(frame);
                frame.Write(table.Blocks.Count);
                frame.Write(table.Used);
            });
            foreach (var block in table.Blocks)
                writer.Frame(block.Save);
        }
    }

    /// <summary>
    /// Reads tables; null when the bytes are damaged, cut short, of another format, or of kinds
    /// with other fields.
    /// </summary>
    public static IReadOnlyList<SessionTable>? Load(Stream from, IReadOnlyList<SessionKind> kinds)
    {
        try
        {
            var reader = new SnapshotReader(from);
            var head = reader.Frame();
            if (head.ReadString() != Format
                || head.ReadBoolean() != BitConverter.IsLittleEndian
                || head.ReadString() != KindsOf(kinds))
            {
                return null;
            }

            return [.. kinds.Select(kind => LoadTable(reader, kind))];
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            return null;
        }
    }

    private static SessionTable LoadTable(SnapshotReader reader, SessionKind kind)
    {
        var frame = reader.Frame();
        var layout = new Layout(kind);
        layout.Load(frame);
        var blocks = frame.ReadInt32();
        var used = frame.ReadInt32();
        var table = new SessionTable(layout, used);
        for (var i = 0; i < blocks; i++)
            table.Load(RowBlock.Load(reader.Frame(), kind.IdPrefix, layout.ColumnCount));
        table.CountWords();
        return table;
    }

    // A change of any field changes what the bytes mean.
    private static string KindsOf(IReadOnlyList<SessionKind> kinds) => string.Join(
        '\n',
        kinds.Select(kind => $"{kind.Name} {kind.IdPrefix} " + string.Join(
            ' ', kind.Fields.Select(one => $"{one.Name}:{one.Type}:{one.Searched}"))));
}
