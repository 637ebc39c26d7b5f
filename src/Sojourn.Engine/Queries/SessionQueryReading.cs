using System.Diagnostics.CodeAnalysis;
using Sojourn.Sessions;

namespace Sojourn.Queries;

/// <summary>Gathers the parameters of one question about sessions.</summary>
/// <param name="lens">The list asked about.</param>
/// <param name="currency">The currency amounts are meant in.</param>
internal sealed class SessionQueryReading(Lens lens, string currency)
{
    // Both name the last event; the second is how the leads' filter is called.
    internal const string EndedIn = "ended_in";

    private readonly HashSet<string> _once = [];
    private readonly Dictionary<Field, List<string>> _anyOf = [];
    private readonly Dictionary<Field, (long? Min, long? Max)> _between = [];
    private readonly Dictionary<(Field Path, int Place), List<string>> _steps = [];
    private SessionQuery _asked = new() { Lens = lens };
    private string? _cursor;

    /// <summary>Takes one parameter; null when it is understood.</summary>
    public QueryFault? Take(string name, string text)
    {
        switch (name)
        {
            case "lens":
                return null;
            case "sort" or "limit" or "offset" or "cursor" or "suppressed" or "archived" or "q":
                return _once.Add(name)
                    ? TakeOption(name, text)
                    : new(name, "The parameter is given twice.", "Give it once.");
            case "from":
                return TakeBound(CommonFields.Started, name, text, isMin: true);
            case "to":
                return TakeBound(CommonFields.Started, name, text, isMin: false);
            default:
                return TakeFilter(name, text);
        }
    }

    /// <summary>The question, or what is wrong with the parameters together.</summary>
    public bool TryFinish(
        [NotNullWhen(true)] out SessionQuery? query, [NotNullWhen(false)] out QueryFault? fault)
    {
        query = _asked with
        {
            Filters =
            [
                .. _anyOf.Select(one => new AnyOf(one.Key, one.Value)),
                .. _steps.Select(one => new StepIs(one.Key.Path, one.Key.Place, one.Value)),
                .. _between.Select(one => new Between(one.Key, one.Value.Min, one.Value.Max)),
            ],
        };
        fault = FaultOfBounds() ?? TakeCursor(ref query);
        return fault is null;
    }

    private QueryFault? FaultOfBounds()
    {
        var crossed = _between.FirstOrDefault(one => one.Value.Min > one.Value.Max).Key;
        return crossed is null
            ? null
            : new(crossed.Name, "The smallest value is above the greatest.",
                "Swap the two bounds.");
    }

    private QueryFault? TakeCursor(ref SessionQuery query)
    {
        if (_cursor is null)
            return null;
        if (query.Offset > 0)
            return new("offset", "There is a cursor too.", "Give a cursor or an offset.");
        if (!Cursor.TryParse(query, _cursor, out var after))
        {
            return new("cursor", "The cursor does not fit this list and order.",
                "Use the last answer's next with the same lens and sort.");
        }

        query = query with { After = after };
        return null;
    }

    private QueryFault? TakeOption(string name, string text)
    {
        switch (name)
        {
            case "limit" when QueryText.TryLimit(text, SessionQuery.LimitMax, out var limit):
                _asked = _asked with { Limit = limit };
                return null;
            case "limit":
                return QueryText.NoLimit(name);
            case "offset" when QueryText.TryWhole(text, out var offset)
                && offset <= QueryParser.OffsetMax:
                _asked = _asked with { Offset = offset };
                return null;
            case "offset":
                return new(name, "The offset is out of range.",
                    $"Use 0 to {QueryParser.OffsetMax}, or a cursor to go further.");
            case "suppressed" when QueryText.TryView(text, out var view):
                _asked = _asked with { Suppressed = view };
                return null;
            case "suppressed":
                return QueryText.NoView(name);
            case "archived" when bool.TryParse(text, out var archived):
                _asked = _asked with { Archived = archived };
                return null;
            case "archived":
                return new(name, "This is neither true nor false.", "Use true or false.");
            case "cursor":
                _cursor = text;
                return null;
            case "sort":
                return TakeSort(text);
            default:
                _asked = _asked with { Text = string.IsNullOrWhiteSpace(text) ? null : text };
                return null;
        }
    }

    private QueryFault? TakeSort(string text)
    {
        var descending = text.StartsWith('-');
        if (lens.Find(descending ? text[1..] : text) is not { } field || !HasBounds(field))
        {
            return new("sort", "The list cannot be sorted by that.",
                $"Use one of {string.Join(", ", AllFields.Where(HasBounds).Select(NameOf))}, "
                + "with - in front for the greatest first.");
        }

        _asked = _asked with { Sort = field, Descending = descending };
        return null;
    }

    private QueryFault? TakeFilter(string name, string text)
    {
        var isMin = name.EndsWith("_min", StringComparison.Ordinal);
        if ((isMin || name.EndsWith("_max", StringComparison.Ordinal))
            && lens.Find(name[..^4]) is { } bounded && HasBounds(bounded))
        {
            return TakeBound(bounded, name, text, isMin);
        }

        if (TryPlace(name, out var path, out var place))
            return TakeStep(path, place, text);

        var field = lens.Find(name == EndedIn ? CommonFields.Exit.Name : name);
        if (field is null || field.ShownOnly || field.Type == FieldType.Path)
            return QueryText.Unknown(name, Known());
        if (RangeField(field, text) is { } ranges && !_between.ContainsKey(field))
            field = ranges;
        else if (HasBounds(field))
            return TakeRange(field, name, text);
        if (!IsWord(field, text, out var words))
        {
            return new(name, $"There is no such {name} in this list.",
                $"Use one of {string.Join(", ", words)}.");
        }

        if (!_anyOf.TryGetValue(field, out var values))
            _anyOf.Add(field, values = []);
        values.Add(text);
        return null;
    }

    private Field? RangeField(Field field, string text) => lens.Fields.FirstOrDefault(one =>
        one.RangesOf == field.Name && (text.Length == 0 || one.Words.Contains(text)));

    // "step_2": what the path that is called step has at its second place.
    private bool TryPlace(string name, [NotNullWhen(true)] out Field? path, out int place)
    {
        var end = name.LastIndexOf('_');
        (path, place) = (null, end > 0 && name.Length == end + 2 ? name[^1] - '0' : 0);
        if (place is < 1 or > StepIs.PlaceMax)
            return false;

        path = lens.Find(name[..end]);
        return path is { Type: FieldType.Path };
    }

    private QueryFault? TakeStep(Field path, int place, string text)
    {
        if (!_steps.TryGetValue((path, place), out var values))
            _steps.Add((path, place), values = []);
        values.Add(text);
        return null;
    }

    // The empty text asks for sessions of which it is not known; a status always is.
    private bool IsWord(Field field, string text, out IReadOnlyList<string> words)
    {
        words = field == CommonFields.Status ? lens.Statuses : field.Words;
        return words.Count == 0
            || words.Contains(text)
            || (text.Length == 0 && field != CommonFields.Status);
    }

    private QueryFault? TakeBound(Field field, string name, string text, bool isMin)
    {
        if (!QueryText.TryBound(field, currency, text, out var bound))
            return QueryText.NoBound(field, name);

        // Periods exclude their end.
        if (name == "to")
            bound--;
        var (min, max) = _between.GetValueOrDefault(field);
        if ((isMin ? min : max) is not null)
            return new(name, "The parameter is given twice.", "Give it once.");

        _between[field] = isMin ? (bound, max) : (min, bound);
        return null;
    }

    // "25-49", or one number; several only where together they are one range.
    private QueryFault? TakeRange(Field field, string name, string text)
    {
        var dash = text.IndexOf('-', Math.Min(1, text.Length));
        var (low, high) = dash < 0 ? (text, text) : (text[..dash], text[(dash + 1)..]);
        if (field.Type != FieldType.Number || field == CommonFields.Duration
            || !QueryText.TryBound(field, currency, low, out var min)
            || !QueryText.TryBound(field, currency, high, out var max) || min > max)
        {
            return new(name, "This is no range.",
                $"Use e.g. {name}=25-49, or {name}_min and {name}_max.");
        }

        if (!_between.TryGetValue(field, out var known)
            && !_anyOf.Keys.Any(one => one.RangesOf == field.Name))
            _between[field] = (min, max);
        else if (known is ({ } knownMin, { } knownMax)
            && min <= knownMax + 1 && max >= knownMin - 1)
            _between[field] = (Math.Min(min, knownMin), Math.Max(max, knownMax));
        else
            return new(name, "The ranges have a gap between them.", "Give ranges that touch.");
        return null;
    }

    private IEnumerable<Field> AllFields => CommonFields.All
        .Concat(lens.Fields)
        .Where(one => !one.ShownOnly)
        .DistinctBy(one => one.Name);

    internal static bool HasBounds(Field field) =>
        !field.ShownOnly && field.Type is FieldType.Number or FieldType.Time or FieldType.Money;

    private string NameOf(Field field) =>
        field == lens.EventCount ? CommonFields.Events.Name : field.Name;

    private IEnumerable<string> Known() =>
        QueryParser.ParametersOf([lens]).Select(one => one.Name);
}
