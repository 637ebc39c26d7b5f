using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Sessions;

namespace Sojourn.Server.Api;

/// <summary>Whether a session belongs to a filtered list, for streams: as stores judge.</summary>
internal sealed class SessionMatch(SessionQuery query)
{
    private readonly string? _text = query.Text is null ? null : FoldedText.Of(query.Text);

    /// <summary>True when the list shows the session at an instant, microseconds UTC.</summary>
    public bool Shows(Session session, long nowUs) =>
        session.Kind == query.Lens.Kind.Name
        && IsInView(session)
        && (query.Archived || !session.Archived)
        && query.Filters.All(filter => Passes(filter, session, nowUs))
        && (_text is null || Searched(session).Any(text =>
            text is not null
            && FoldedText.Of(text).Contains(_text, StringComparison.Ordinal)));

    private bool IsInView(Session session) => query.Suppressed switch
    {
        SuppressedView.Hide => session.SuppressedBy is null,
        SuppressedView.Only => session.SuppressedBy is not null,
        _ => true,
    };

    private bool Passes(Filter filter, Session session, long nowUs) => filter switch
    {
        AnyOf { Field: var field } any when field == CommonFields.Person =>
            any.Values.Any(value => value == session.PersonId
                || value == (session.UserId ?? "") || value == (session.AnonymousId ?? "")),
        AnyOf any => WordsOf(any.Field, session, nowUs).Any(any.Values.Contains),
        Between between => NumberOf(between.Field, session) is { } number
            && number >= (between.Min ?? long.MinValue)
            && number <= (between.Max ?? long.MaxValue),
        _ => throw new ArgumentException("Unknown sort of filter.", nameof(filter)),
    };

    private IEnumerable<string> WordsOf(Field field, Session session, long nowUs)
    {
        if (field == CommonFields.Contains)
            return session.EventNames;
        if (!CommonFields.All.Contains(field))
        {
            return SessionJson.ValueOf(query.Lens, session, field) switch
            {
                string text => [text],
                IEnumerable<string> words => words,
                _ => [""],
            };
        }

        var word = field.Name switch
        {
            "entry" => session.Entry,
            "exit" => session.Exit,
            "status" => session.Lifecycle.StatusAt(nowUs),
            "device" => session.Device,
            "country" => session.Country,
            "source" => session.Source,
            "email" => session.Email,
            "name" => session.Name,
            _ => throw new ArgumentException($"{field.Name} holds no words.", nameof(field)),
        };
        return [word ?? ""];
    }

    private long? NumberOf(Field field, Session session) => field.Name switch
    {
        _ when !CommonFields.All.Contains(field) =>
            SessionJson.ValueOf(query.Lens, session, field) switch
            {
                long number => number,
                Money money => money.MinorUnits,
                _ => null,
            },
        "started" => session.StartedUs,
        "last_event" => session.LastEventUs,
        "duration" => session.DurationUs,
        "events" => session.Events,
        _ => throw new ArgumentException($"{field.Name} is no number.", nameof(field)),
    };

    private IEnumerable<string?> Searched(Session session) =>
    [
        session.PersonId, session.UserId, session.AnonymousId, session.Email, session.Name,
        .. query.Lens.Kind.Fields
            .Select((field, place) => field.Searched ? session.Values[place] as string : null),
    ];
}
