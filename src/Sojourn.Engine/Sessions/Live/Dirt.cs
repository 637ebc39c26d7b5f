namespace Sojourn.Sessions.Live;

/// <summary>What has to be folded again, and what came out so far.</summary>
internal sealed class Dirt
{
    private readonly Dictionary<PersonRef, HashSet<long>> _persons = [];
    private readonly HashSet<KeyLog> _keys = [];
    private readonly Dictionary<SessionId, SessionDraft> _changed = [];
    private readonly HashSet<SessionId> _removed = [];
    private readonly HashSet<SessionId> _begun = [];

    /// <summary>People, with the times around which to look.</summary>
    public IEnumerable<(PersonRef Person, IReadOnlyCollection<long> Times)> Persons =>
        _persons.Select(pair => (pair.Key, (IReadOnlyCollection<long>)pair.Value));

    public IReadOnlyCollection<KeyLog> Keys => _keys;

    public bool Has(PersonRef person) => _persons.ContainsKey(person);

    public bool Has(KeyLog log) => _keys.Contains(log);

    public void Soil(PersonRef person, long timeUs)
    {
        if (!_persons.TryGetValue(person, out var times))
            _persons.Add(person, times = []);
        times.Add(timeUs);
    }

    public void Soil(KeyLog log) => _keys.Add(log);

    public void Change(SessionDraft draft)
    {
        _changed[draft.Id] = draft;
        _removed.Remove(draft.Id);
    }

    /// <summary>
    /// Notes a session that was not there before, so nobody has to be told it left.
    /// </summary>
    public void Begin(SessionId id) => _begun.Add(id);

    public void Remove(SessionId id)
    {
        _changed.Remove(id);
        if (!_begun.Contains(id))
            _removed.Add(id);
    }

    /// <summary>What came out, and a clean slate.</summary>
    public SessionDiff Take()
    {
        var changed = new Session[_changed.Count];
        var i = 0;
        foreach (var draft in _changed.Values)
            changed[i++] = draft.ToSession();

        var diff = new SessionDiff(changed, [.. _removed]);
        _persons.Clear();
        _keys.Clear();
        _changed.Clear();
        _removed.Clear();
        _begun.Clear();
        return diff;
    }
}
