using System.Diagnostics.CodeAnalysis;
using Sojourn.Sessions;

namespace Sojourn.Queries;

/// <summary>
/// Reads questions as addresses and command lines write them: name and text, names repeated for
/// "or". Bad input is an ordinary answer, so nothing here throws.
/// </summary>
/// <param name="lenses">The lists there are; the first is meant when none is named.</param>
public sealed class QueryParser(IReadOnlyList<Lens> lenses)
{
    /// <summary>Longest text of one parameter, in characters.</summary>
    public const int ValueCharsMax = 512;

    /// <summary>Most parameters of one question.</summary>
    public const int ParametersMax = 200;

    /// <summary>Most rows to leave out; cursors reach further.</summary>
    public const int OffsetMax = 1_000_000;

    /// <summary>Reads a question about sessions.</summary>
    /// <param name="parameters">Names and texts, in any order.</param>
    /// <param name="currency">The currency amounts are meant in, e.g. <c>EUR</c>.</param>
    /// <param name="query">The question, when the result is true.</param>
    /// <param name="fault">What is wrong with it, when the result is false.</param>
    public bool TryReadSessions(
        IReadOnlyList<KeyValuePair<string, string>> parameters,
        string currency,
        [NotNullWhen(true)] out SessionQuery? query,
        [NotNullWhen(false)] out QueryFault? fault)
    {
        query = null;
        if (FaultOfSize(parameters) is { } size)
        {
            fault = size;
            return false;
        }

        if (!TryLens(parameters, out var lens, out fault))
            return false;

        var reading = new SessionQueryReading(lens, currency);
        foreach (var (name, text) in parameters)
        {
            fault = reading.Take(name, text);
            if (fault is not null)
                return false;
        }

        return reading.TryFinish(out query, out fault);
    }

    /// <summary>Reads a question about single events.</summary>
    /// <param name="parameters">Names and texts, in any order.</param>
    /// <param name="query">The question, when the result is true.</param>
    /// <param name="fault">What is wrong with it, when the result is false.</param>
    public static bool TryReadEvents(
        IReadOnlyList<KeyValuePair<string, string>> parameters,
        [NotNullWhen(true)] out EventQuery? query,
        [NotNullWhen(false)] out QueryFault? fault)
    {
        query = null;
        fault = FaultOfSize(parameters);
        if (fault is not null)
            return false;

        var asked = new EventQuery();
        foreach (var (name, text) in parameters)
        {
            (asked, fault) = With(asked, name, text);
            if (fault is not null)
                return false;
        }

        if (asked.FromUs > asked.ToUs)
        {
            fault = new("to", "The period ends before it begins.", "Swap from and to.");
            return false;
        }

        query = asked;
        return true;
    }

    /// <summary>The parameters some lists take besides <c>lens</c>, and their meaning.</summary>
    public static IReadOnlyList<(string Name, string Text)> ParametersOf(
        IReadOnlyList<Lens> lenses)
    {
        var fields = CommonFields.All
            .Concat(lenses.SelectMany(lens => lens.Fields))
            .Where(field => !field.ShownOnly)
            .DistinctBy(field => field.Name)
            .ToList();
        return
        [
            .. from field in fields
               where field.Type == FieldType.Path
               from place in Enumerable.Range(1, StepIs.PlaceMax)
               select (
                   $"{field.Name}_{place}",
                   $"What the path has at place {place}; empty for a shorter one."),
            .. from field in fields
               where !SessionQueryReading.HasBounds(field) && field.Type != FieldType.Path
               select (field.Name, "Equals; repeat it for or; empty for unknown."),
            .. from field in fields
               where SessionQueryReading.HasBounds(field)
               from bound in new[] { ("_min", "At least."), ("_max", "At most.") }
               select (field.Name + bound.Item1, bound.Item2),
            (SessionQueryReading.EndedIn, "Name of the last event."),
            ("from", "Started at or after, RFC 3339."),
            ("to", "Started before, RFC 3339."),
            ("q", "Text found in any searched field."),
            ("suppressed", "hide (default), only or all."),
            ("archived", "true to see archived sessions too."),
            ("sort", "A field with bounds; - in front for the greatest first."),
            ("limit", $"1 to {SessionQuery.LimitMax}."),
            ("cursor", "The last answer's next."),
            ("offset", $"0 to {OffsetMax}; not together with cursor."),
        ];
    }

    private static (EventQuery Asked, QueryFault? Fault) With(
        EventQuery asked, string name, string text)
    {
        switch (name)
        {
            case "id" when asked.Id is null && text.Length > 0:
                return (asked with { Id = text }, null);
            case "id":
                return (asked, new(name, "One event can be asked for.", "Name one id."));
            case "person" when asked.Person is null && text.Length > 0:
                return (asked with { Person = text }, null);
            case "person":
                return (asked, new(name, "One person can be asked for.", "Name one person."));
            case "name":
                return (asked with { Names = [.. asked.Names, text] }, null);
            case "from":
                return QueryText.TryTime(text, out var from)
                    ? (asked with { FromUs = from }, null) : (asked, QueryText.NoTime(name));
            case "to":
                return QueryText.TryTime(text, out var to)
                    ? (asked with { ToUs = to }, null) : (asked, QueryText.NoTime(name));
            case "suppressed":
                return QueryText.TryView(text, out var view)
                    ? (asked with { Suppressed = view }, null) : (asked, QueryText.NoView(name));
            case "limit":
                return QueryText.TryLimit(text, EventQuery.LimitMax, out var limit)
                    ? (asked with { Limit = limit }, null) : (asked, QueryText.NoLimit(name));
            case "cursor":
                return (asked with { Cursor = text }, null);
            default:
                return (asked, QueryText.Unknown(
                    name,
                    ["id", "person", "name", "from", "to", "suppressed", "limit", "cursor"]));
        }
    }

    private bool TryLens(
        IReadOnlyList<KeyValuePair<string, string>> parameters,
        [NotNullWhen(true)] out Lens? lens,
        [NotNullWhen(false)] out QueryFault? fault)
    {
        fault = null;
        var named = parameters.Where(one => one.Key == "lens").Select(one => one.Value).ToList();
        lens = named.Count switch
        {
            0 => lenses[0],
            1 => lenses.FirstOrDefault(one => one.Name == named[0]),
            _ => null,
        };
        if (lens is not null)
            return true;

        fault = new("lens", "There is no such list.",
            $"Use one of {string.Join(", ", lenses.Select(one => one.Name))}.");
        return false;
    }

    private static QueryFault? FaultOfSize(
        IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        if (parameters.Count > ParametersMax)
        {
            return new("", $"There are more than {ParametersMax} parameters.",
                "Ask for less at once.");
        }

        var tooLong = parameters.FirstOrDefault(one =>
            one.Value.Length > ValueCharsMax || one.Value.Contains('\0'));
        return tooLong.Key is null
            ? null
            : new(tooLong.Key, "The value is too long or holds a zero character.",
                $"Use up to {ValueCharsMax} characters.");
    }
}
