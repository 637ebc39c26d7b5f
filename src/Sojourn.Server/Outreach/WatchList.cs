using Sojourn.Sessions;

namespace Sojourn.Server.Outreach;

/// <summary>
/// When to look at which session. A session is in it once; from any thread.
/// </summary>
internal sealed class WatchList
{
    /// <summary>
    /// Sessions it remembers. One that finds no room is looked at after the next start.
    /// </summary>
    public const int SessionsMax = 500_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Project, SessionId Session), long> _at = [];
    private readonly PriorityQueue<(string Project, SessionId Session), long> _order = new();

    /// <summary>Looks at it then, and not when it was meant to before.</summary>
    public void Add((string Project, SessionId Session) place, long atUs)
    {
        lock (_lock)
        {
            if (_at.TryGetValue(place, out var before) && before == atUs)
                return;
            if (_at.Count >= SessionsMax && !_at.ContainsKey(place))
                return;

            _at[place] = atUs;
            _order.Enqueue(place, atUs);
            if (_order.Count > 2 * SessionsMax)
                DropOutdated();
        }
    }

    /// <summary>Does not look at it.</summary>
    public void Remove((string Project, SessionId Session) place)
    {
        lock (_lock)
            _at.Remove(place);
    }

    /// <summary>Takes out what is due, the longest due first.</summary>
    public IReadOnlyList<(string Project, SessionId Session)> TakeDue(long nowUs)
    {
        var due = new List<(string, SessionId)>();
        lock (_lock)
        {
            while (_order.TryPeek(out var place, out var at) && at <= nowUs)
            {
                _order.Dequeue();

                // Older entries of one that was moved are passed over.
                if (_at.TryGetValue(place, out var current) && current == at)
                {
                    _at.Remove(place);
                    due.Add(place);
                }
            }
        }

        return due;
    }

    private void DropOutdated()
    {
        _order.Clear();
        _order.EnqueueRange(_at.Select(one => (one.Key, one.Value)));
    }
}
