using Sojourn.Events;

namespace Sojourn.Sessions;

/// <summary>
/// A session while it is folded. Boundaries look at every event; what is shown looks at the
/// unsuppressed ones, and at the suppressed ones only as long as there is no other.
/// </summary>
internal sealed class SessionDraft
{
    private readonly Folding _folding;
    private readonly SessionId _id;
    private readonly string _key;
    private readonly SessionEdge _startReason;
    private readonly object? _before;
    private SessionEdge _cutBy;
    private bool _beforeOtherUser;
    private int _rawEvents = 1;
    private SessionTrack _track;
    private List<StaffAction>? _actions;

    public SessionDraft(
        Folding folding,
        SessionId id,
        string key,
        in PersonEvent first,
        SessionEdge startReason,
        object? before)
    {
        _folding = folding;
        _before = before;
        _id = id;
        _key = key;
        _startReason = startReason;
        _beforeOtherUser = first.BeforeOtherUser;
        _track = new SessionTrack(folding, first, before);
        First = first.Event;
        LastSeenUs = first.Event.TimeUs;
        Campaign = first.Event.Context.Campaign;
    }

    /// <summary>The event it is derived from.</summary>
    public Event First { get; }

    /// <summary>Its id.</summary>
    public SessionId Id => _id;

    /// <summary>Last event of any sort, microseconds UTC.</summary>
    public long LastSeenUs { get; private set; }

    /// <summary>Events that are no heartbeats, suppressed ones included.</summary>
    public int AllEvents { get; private set; } = 1;

    /// <summary>The last campaign seen, or null.</summary>
    public Campaign? Campaign { get; private set; }

    public void Add(in PersonEvent next)
    {
        See(next);
        AllEvents++;
        Campaign = next.Event.Context.Campaign ?? Campaign;

        if (next.SuppressedBy is null && _track.SuppressedBy is not null)
            _track = new SessionTrack(_folding, next, _before);
        else if (next.SuppressedBy is null || _track.SuppressedBy is not null)
            _track.Add(next);
    }

    /// <summary>Takes a heartbeat.</summary>
    public void Extend(in PersonEvent heartbeat)
    {
        See(heartbeat);
        if (_track.SuppressedBy is not null || heartbeat.SuppressedBy is null)
            _track.Extend(heartbeat.Event.TimeUs);
    }

    /// <summary>What the next session of the key is to remember, or null.</summary>
    public object? Remembered =>
        !_folding.Kind.Remembers ? null
        : _track.SuppressedBy is null ? _track.Detail
        : _before;

    public bool KindEndsBefore(Event next, out SessionEdge reason) =>
        _folding.Kind.EndsBefore(_track.Detail, next, _folding.Settings, out reason);

    /// <summary>True when something else than silence ended it.</summary>
    public bool WasCut => _cutBy != SessionEdge.Open;

    public void CutBy(SessionEdge reason) => _cutBy = reason;

    /// <summary>The accepted actions on it, in order of acceptance.</summary>
    public IReadOnlyList<StaffAction> Actions =>
        _actions is null ? [] : [.. _actions.OrderBy(action => action.Number)];

    /// <summary>Takes an accepted action on this session, in any order.</summary>
    public void Take(StaffAction action) => (_actions ??= []).Add(action);

    /// <summary>The session as it stands.</summary>
    public Session ToSession()
    {
        var endedBy = _cutBy != SessionEdge.Open ? _cutBy
            : _beforeOtherUser ? SessionEdge.UserChanged
            : SessionEdge.Open;
        var span = _track.Span with { LastSeenUs = LastSeenUs, EndedBy = endedBy };
        var detail = _track.Detail;
        foreach (var action in Undoing.Standing(Actions))
            detail = _folding.Kind.Act(detail, action);
        detail = _folding.Kind.Close(detail, _folding.Settings);

        return new Session
        {
            Id = _id,
            Kind = _folding.Kind.Name,
            Key = _key,
            PersonId = _track.Person?.Id ?? "",
            AnonymousId = _track.AnonymousId,
            UserId = _track.Person?.UserId,
            Email = _track.Email,
            Name = _track.Name,
            StartedUs = span.StartedUs,
            LastEventUs = span.LastEventUs,
            EndedUs = _track.EndedUs,
            Events = span.Events,
            RawEvents = _rawEvents,
            Entry = _track.Entry,
            Exit = span.Exit,
            StartReason = _startReason,
            Lifecycle = _folding.Kind.LifecycleOf(detail, span, _folding.Settings),
            Device = _track.Device,
            Country = _track.Country,
            Source = _track.Source,
            SuppressedBy = _track.SuppressedBy,
            Version = _actions?.Count ?? 0,
            Archived = IsArchived(),
            EventNames = _track.Names,
            Values = _folding.Kind.ValuesOf(detail, span),
            Detail = detail,
            FirstEvent = First,
        };
    }

    private void See(in PersonEvent next)
    {
        _rawEvents++;
        LastSeenUs = next.Event.TimeUs;
        _beforeOtherUser = next.BeforeOtherUser;
    }

    private bool IsArchived() =>
        Undoing.Standing(Actions)
            .LastOrDefault(one => one.Type is ActionTypes.Archive or ActionTypes.Unarchive)
            ?.Type == ActionTypes.Archive;
}
