using Sojourn.Kinds.Visits;
using Sojourn.Queries;
using Sojourn.Sessions;

namespace Sojourn.Server.Rules;

/// <summary>Sessions under the rules in force, then under others.</summary>
/// <param name="lens">The list they are of.</param>
/// <param name="nowUs">The time statuses are of, microseconds UTC.</param>
/// <param name="sinceUs">Sessions that began before are left out; null = none.</param>
internal sealed class RuleComparison(Lens lens, long nowUs, long? sinceUs)
{
    private readonly RuleMoves _moves = new();
    private readonly int _score = PlaceOf(lens, VisitKind.Score);
    private readonly Dictionary<SessionId, Session> _before = [];
    private readonly Dictionary<string, (long StartedUs, long Score)> _scoreBefore = [];
    private readonly Dictionary<string, (long StartedUs, long Score)> _scoreAfter = [];
    private readonly SortedDictionary<string, long> _fields = new(StringComparer.Ordinal);
    private long _sessions;
    private long _changed;
    private long _hiddenBefore;
    private long _hiddenAfter;

    public void Before(Session session)
    {
        if (session.StartedUs < sinceUs)
            return;

        _before[session.Id] = session;
        _hiddenBefore += session.SuppressedBy is null ? 0 : 1;
        Learn(_scoreBefore, session);
    }

    public void After(Session session)
    {
        if (session.StartedUs < sinceUs)
            return;

        _sessions++;
        _hiddenAfter += session.SuppressedBy is null ? 0 : 1;
        Learn(_scoreAfter, session);
        if (!_before.Remove(session.Id, out var before))
            _changed++;
        else if (Note(before, session))
            _changed++;
    }

    public RulePreview Result(TimeSpan took) => new()
    {
        SinceUs = sinceUs,
        Sessions = _sessions,
        Changed = _changed,
        Fields = _fields,
        Moves = _moves.Told(),
        HiddenBefore = _hiddenBefore,
        HiddenAfter = _hiddenAfter,
        Leads = _score < 0 ? null : OfLeads(),
        Took = took,
    };

    private LeadChanges OfLeads()
    {
        var (up, down, unchanged, sum) = (0L, 0L, 0L, 0L);
        foreach (var (lead, after) in _scoreAfter)
        {
            var change = after.Score - _scoreBefore.GetValueOrDefault(lead).Score;
            sum += change;
            if (change > 0) up++;
            else if (change < 0) down++;
            else unchanged++;
        }

        var leads = up + down + unchanged;
        return new LeadChanges(
            up, down, unchanged, leads == 0 ? 0 : Math.Round((decimal)sum / leads, 2));
    }

    private bool Note(Session before, Session after)
    {
        var id = after.Id;
        var same = IsSameWord("suppressed_by", before.SuppressedBy, after.SuppressedBy, id)
            & IsSameWord(
                CommonFields.Status.Name,
                before.Lifecycle.StatusAt(nowUs), after.Lifecycle.StatusAt(nowUs), id)
            & !Differs("entry", before.Entry, after.Entry)
            & !Differs("events", before.Events, after.Events);
        for (var i = 0; i < lens.Kind.Fields.Count; i++)
        {
            var (field, was, willBe) = (lens.Kind.Fields[i], before.Values[i], after.Values[i]);
            same &= field.Type == FieldType.Category
                ? IsSameWord(field.Name, (string?)was, (string?)willBe, id)
                : !Differs(field.Name, was, willBe);
        }

        return !same;
    }

    private bool IsSameWord(string field, string? before, string? after, SessionId session)
    {
        if (!Differs(field, before, after))
            return true;

        _moves.Add(field, before, after, session);
        return false;
    }

    private bool Differs(string name, object? before, object? after)
    {
        var same = before is IReadOnlyList<string> words
            ? words.SequenceEqual((IEnumerable<string>)after!)
            : Equals(before, after);
        if (!same)
            _fields[name] = _fields.GetValueOrDefault(name) + 1;
        return !same;
    }

    private void Learn(Dictionary<string, (long StartedUs, long Score)> scores, Session one)
    {
        if (_score < 0 || one.SuppressedBy is not null)
            return;
        if (!scores.TryGetValue(one.Key, out var known) || known.StartedUs <= one.StartedUs)
            scores[one.Key] = (one.StartedUs, one.Values[_score] as long? ?? 0);
    }

    private static int PlaceOf(Lens lens, Field field) =>
        lens.Kind.Fields.ToList().IndexOf(field);
}
