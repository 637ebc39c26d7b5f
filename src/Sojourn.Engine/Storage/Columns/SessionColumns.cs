using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Sessions;

namespace Sojourn.Storage.Columns;

/// <summary>
/// The sessions of one project, in memory, column by column: answers lists with exact totals and
/// counts over millions of sessions in milliseconds. One writer; any number of readers, who
/// always see all of a change or nothing of it.
/// </summary>
/// <remarks>
/// What a query means, for each store alike:
/// <list type="bullet">
/// <item>Filters on different fields must all hold; the values of one filter are "or".</item>
/// <item><see cref="AnyOf"/> compares exactly: case, accents and spaces count. The empty value
/// stands for null too: for categories and texts a null or empty text, for sets the empty set.
/// On a set it asks whether the set has any of the values. On <c>person</c> it asks whether the
/// person's, device's or user's id is one of the values; a null id never is.</item>
/// <item><see cref="Between"/> includes both ends; a session without a value never matches. On a
/// field that has no numbers, or one the kind does not have, no session matches.</item>
/// <item><c>status</c> is the status at <see cref="AsOf.NowUs"/>, whatever was asked before.</item>
/// <item>A text is found when its <see cref="FoldedText"/> is part of the folded text of a
/// searched field (common: person, device and user id, e-mail, name). Spaces count. A text that
/// folds to nothing is no search.</item>
/// <item>A facet is counted under the search, the view of suppressed and archived sessions, and
/// all filters but the one on its field. A session counts once for each member of a set, not at
/// all for an empty set; null and the empty text count together as the empty text.</item>
/// <item>Order: by the value, direction as asked; sessions without a value last both ways; ties
/// by <see cref="SessionIdOrder"/>. Money sorts by minor units whatever the currency. A sort by
/// a field that has no numbers is the order of ties.</item>
/// </list>
/// </remarks>
public sealed class SessionColumns : IDisposable
{
    private readonly Dictionary<string, SessionTable> _tables;
    private readonly ReaderWriterLockSlim _lock = new();

    /// <summary>No sessions yet.</summary>
    /// <param name="kinds">The kinds whose sessions it may hold.</param>
    public SessionColumns(IReadOnlyList<SessionKind> kinds)
        : this(kinds.Select(kind => new SessionTable(kind)))
    {
    }

    private SessionColumns(IEnumerable<SessionTable> tables) =>
        _tables = tables.ToDictionary(table => table.Layout.Kind.Name);

    /// <summary>Memory in use, close to exact.</summary>
    public long Bytes => Read(() => _tables.Values.Sum(table => table.ByteSize));

    /// <summary>Sessions of a kind, suppressed and archived ones included.</summary>
    public long Count(string kind) => Read(() => _tables[kind].Count);

    /// <summary>
    /// Takes sessions away, then adds those that are new and replaces those whose id is known.
    /// Only one thread may do so at a time.
    /// </summary>
    /// <param name="changed">
    /// New or different sessions; the last one of an id counts. Details and first events are left
    /// out.
    /// </param>
    /// <param name="removed">Sessions that are no more; unknown ones do not matter.</param>
    public void Apply(IReadOnlyList<Session> changed, IReadOnlyList<SessionId> removed)
    {
        _lock.EnterWriteLock();
        try
        {
            foreach (var id in removed)
                TableOf(id)?.Remove(id);
            foreach (var session in InOrder(changed))
                _tables[session.Kind].Put(session);
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>A page with total and facets.</summary>
    /// <param name="query">The question. A limit out of range is moved into it.</param>
    /// <param name="asOf">Handed on into the answer; its time decides about statuses.</param>
    public SessionPage Query(SessionQuery query, AsOf asOf) =>
        Read(() => ListQuery.Page(_tables[query.Lens.Kind.Name].View, query, asOf));

    /// <summary>Sessions counted by what they have in common.</summary>
    /// <exception cref="ArgumentException">A field is none to group by or no number.</exception>
    public SessionGroups Group(GroupQuery query, AsOf asOf) =>
        Read(() => GroupScan.Run(_tables[query.Sessions.Lens.Kind.Name].View, query, asOf));

    /// <summary>
    /// Every match in the query's order, as of the moment of this call; limit, offset and
    /// position are ignored. Changes go on while it is read.
    /// </summary>
    public IEnumerable<Session> Export(SessionQuery query, AsOf asOf)
    {
        var kept = Read(() => _tables[query.Lens.Kind.Name].Keep());
        return ListQuery.All(kept, query, asOf.NowUs);
    }

    /// <summary>A session as lists show it; null when there is none of that id.</summary>
    public Session? Find(SessionId id) => Read(() => TableOf(id)?.Find(id));

    /// <summary>
    /// Writes everything as of the moment of this call, for <see cref="Load"/>; changes go on
    /// while it writes. Which commit that was is for the caller to note.
    /// </summary>
    public void Save(Stream to)
    {
        var kept = Read(() => _tables.Values.Select(table => table.Keep()).ToList());
        Snapshot.Save(to, kept);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="from">Read to the end of the snapshot, not further.</param>
    /// <param name="kinds">The same kinds, with the same fields, in the same order.</param>
    /// <returns>Null when it is damaged, cut short, of another format or of other kinds.</returns>
    public static SessionColumns? Load(Stream from, IReadOnlyList<SessionKind> kinds) =>
        Snapshot.Load(from, kinds) is { } tables ? new SessionColumns(tables) : null;

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    // Rows that are neighbours in time make blocks that a range of days can skip or take whole.
    // A great batch is a rebuild or an import, and may come in any order.
    private static IEnumerable<Session> InOrder(IReadOnlyList<Session> changed) =>
        changed.Count < RowBlock.Rows
            ? changed
            : changed.Reverse().DistinctBy(one => one.Id).OrderBy(one => one.StartedUs);

    private SessionTable? TableOf(SessionId id) =>
        _tables.Values.FirstOrDefault(table => table.Layout.Kind.IdPrefix == id.Kind);

    private T Read<T>(Func<T> read)
    {
        _lock.EnterReadLock();
        try
        {
            return read();
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }
}
