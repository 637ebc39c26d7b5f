using Sojourn.Sessions;

namespace Sojourn.Storage.Columns;

/// <summary>
/// The lifecycle of each row. Nothing is ever rewritten because time passes: a query compares
/// the rows' deadlines with its own now, and only in blocks where that can differ.
/// </summary>
/// <param name="slot">The place of the code of everything but the deadline.</param>
/// <param name="grace">The place of the time from the session's end to the deadline.</param>
/// <param name="until">The deadline; null where time changes nothing.</param>
/// <param name="states">The lifecycles that codes stand for, with 0 as every deadline.</param>
internal sealed class LifecycleColumn(
    int slot, int grace, NumberColumn until, List<Lifecycle> states)
{
    private readonly Dictionary<Lifecycle, int> _codes =
        states.Select((state, code) => (state, code)).ToDictionary();

    /// <summary>The place of the codes.</summary>
    public int Slot => slot;

    /// <summary>The lifecycles that codes stand for; never less, they are few.</summary>
    public IReadOnlyList<Lifecycle> States => states;

    /// <summary>How many rows have each code.</summary>
    public Tally Tally { get; } = new();

    /// <summary>The same column for a reader that outlives the lock.</summary>
    public LifecycleColumn Kept() => new(slot, grace, until, [.. states]);

    public Lifecycle Read(RowBlock block, int row)
    {
        var state = states[(int)block.Columns[slot][row].GetValueOrDefault()];
        return state with { UntilUs = until.Read(block, row) };
    }

    public void Write(RowBlock block, int row, Lifecycle lifecycle, long endedUs, int rowClass)
    {
        var state = lifecycle with { UntilUs = lifecycle.UntilUs is null ? null : 0 };
        var code = _codes.TryGetValue(state, out var known) ? known : Add(state);
        block.Columns[slot][row] = code;
        block.Columns[grace][row] = lifecycle.UntilUs - endedUs;
        Tally.Add(code, rowClass, 1);
    }

    public void Release(RowBlock block, int row, int rowClass) =>
        Tally.Add(block.Columns[slot][row], rowClass, -1);

    public void Save(BinaryWriter to)
    {
        to.Write(states.Count);
        foreach (var state in states)
        {
            to.Write(state.Status);
            to.Write((byte)state.EndReason);
            to.Write(state.UntilUs is not null);
            to.Write(state.LaterStatus);
            to.Write((byte)state.LaterEndReason);
        }
    }

    public void Load(BinaryReader from)
    {
        for (var count = from.ReadInt32(); count > 0; count--)
        {
            Add(new Lifecycle(
                from.ReadString(),
                (SessionEdge)from.ReadByte(),
                from.ReadBoolean() ? 0 : null,
                from.ReadString(),
                (SessionEdge)from.ReadByte()));
        }
    }

    private int Add(Lifecycle state)
    {
        states.Add(state);
        _codes.Add(state, states.Count - 1);
        return states.Count - 1;
    }

    /// <summary>The rows whose deadline has passed, so that the later status holds.</summary>
    public Cover Passed(RowBlock block, long nowUs, Span<ulong> mask) =>
        until.Between(block, NumberColumn.None + 1, nowUs, mask);

    /// <summary>The rows whose deadline is still to come.</summary>
    public Cover Pending(RowBlock block, long nowUs, Span<ulong> mask) =>
        nowUs == long.MaxValue ? Cover.None : until.Between(block, nowUs + 1, long.MaxValue, mask);
}
