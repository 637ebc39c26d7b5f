using Sojourn.Events;

namespace Sojourn.Sessions;

/// <summary>
/// Folds the events of one key, in order, into sessions: the only place that knows where a
/// session begins and ends. Source: docs/guide/sessions.md.
/// </summary>
/// <param name="folding">What decides.</param>
/// <param name="key">The key all events share.</param>
internal sealed class KeyFold(Folding folding, string key)
{
    private bool _hadSession;
    private long _lastSeenUs;
    private object? _remembered;

    /// <summary>The session that the next event may continue; null before the first.</summary>
    public SessionDraft? Current { get; private set; }

    public SessionKind Kind => folding.Kind;

    /// <summary>Sessions begun so far.</summary>
    public int Runs { get; private set; }

    /// <summary>Continues a key some of whose sessions are not folded here.</summary>
    public void SkipEarlier() => _hadSession = true;

    /// <summary>Takes the next event in order.</summary>
    /// <returns>True when it began a session: <see cref="Current"/> is a new one.</returns>
    public bool Step(in PersonEvent next)
    {
        if (folding.Kind.ByPerson && Current is not null
            && next.Event.TimeUs - _lastSeenUs >= folding.TimeoutUs)
        {
            _remembered = Current.Remembered;
            Current = null;
        }

        _lastSeenUs = next.Event.TimeUs;
        if (next.Event.IsHeartbeat)
        {
            Current?.Extend(next);
            return false;
        }

        if (Current is null)
        {
            Begin(next, FirstReason(next));
            return true;
        }

        if (!IsCut(Current, next.Event, out var reason))
        {
            Current.Add(next);
            return false;
        }

        Current.CutBy(reason);
        _remembered = Current.Remembered;
        Begin(next, reason);
        return true;
    }

    private void Begin(in PersonEvent first, SessionEdge reason)
    {
        _hadSession = true;
        Runs++;
        var key64 = folding.Kind.ByPerson
            ? first.Event.StreamFingerprint
            : Fingerprint.Of(key);
        var part = folding.Kind.ByPerson ? Fingerprint.Of(first.Event.Id) : (ulong)Runs;
        var id = new SessionId(folding.Kind.IdPrefix, key64, part);
        Current = new SessionDraft(folding, id, key, first, reason, _remembered);
    }

    private SessionEdge FirstReason(in PersonEvent first) =>
        folding.Kind.ByPerson && first.AfterOtherUser ? SessionEdge.UserChanged
        : _hadSession ? SessionEdge.Idle
        : SessionEdge.First;

    private bool IsCut(SessionDraft current, Event next, out SessionEdge reason)
    {
        if (!folding.Kind.ByPerson)
            return current.KindEndsBefore(next, out reason);

        var settings = folding.Settings;
        reason =
            settings.MaxLength is { } length
                && next.TimeUs - current.First.TimeUs >= Micros.From(length)
                ? SessionEdge.MaxLength
            : settings.MaxEvents is { } events && current.AllEvents >= events
                ? SessionEdge.MaxEvents
            : settings.CutAtCampaign && next.Context.Campaign is { } campaign
                && campaign != current.Campaign
                ? SessionEdge.Campaign
            : settings.CutAtMidnight && DayOf(next.TimeUs) != DayOf(current.LastSeenUs)
                ? SessionEdge.Midnight
            : SessionEdge.Open;
        return reason != SessionEdge.Open;
    }

    private DateTime DayOf(long us) =>
        TimeZoneInfo.ConvertTime(Micros.ToTime(us), folding.Zone).Date;
}
