using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Sessions;

namespace Sojourn.Storage.Columns;

/// <summary>Which column answers for a field of a query.</summary>
internal sealed partial class Layout
{
    private static readonly StoredNumber StartedNumber = new(Started);
    private static readonly StoredNumber DurationNumber = new(Duration);
    private static readonly StoredNumber EventsNumber = new(Events);

    private static readonly SumOfNumbers LastEventNumber =
        new(Started, (Duration, false), (Pause, true));

    /// <summary>
    /// The numbers of a field; null when it has none, or the kind has no such field.
    /// </summary>
    /// <param name="field">A common field or one of the kind's.</param>
    /// <param name="lens">Says what <c>events</c> means.</param>
    public NumberColumn? NumberOf(Field field, Lens lens)
    {
        var name = Resolve(field, lens).Name;
        return name == CommonFields.Started.Name ? StartedNumber
            : name == CommonFields.LastEvent.Name ? LastEventNumber
            : name == CommonFields.Duration.Name ? DurationNumber
            : name == CommonFields.Events.Name ? EventsNumber
            : Own(name)?.Number;
    }

    /// <summary>The words of a category or set; null for status and all other fields.</summary>
    public WordColumn? WordsOf(Field field) => field.Name switch
    {
        "entry" => _entry,
        "exit" => _exit,
        "device" => _device,
        "country" => _country,
        "source" => _source,
        "contains" => _eventNames,
        _ => Own(field.Name) is { Field.Type: not FieldType.Money } own ? own.Words : null,
    };

    /// <summary>The currencies of an amount; null for all other fields.</summary>
    public WordColumn? CurrenciesOf(Field field) =>
        Own(field.Name) is { Field.Type: FieldType.Money } own ? own.Words : null;

    /// <summary>When the session of a row began, microseconds UTC.</summary>
    public static long StartedOf(RowBlock block, int row) =>
        block.Columns[Started][row].GetValueOrDefault();

    /// <summary>The condition that a filter is.</summary>
    public Predicate PredicateOf(Filter filter, Lens lens, long nowUs) => filter switch
    {
        Between between => NumberOf(between.Field, lens) is { } number
            ? new NumberWithin(
                number, between.Min ?? long.MinValue + 1, between.Max ?? long.MaxValue)
            : new Always(false),
        AnyOf any => PredicateOf(any, nowUs),
        StepIs step => WordsOf(step.Field) is SetColumn path
            ? new CodeAmong(path.Slot, path.At(step.Place, step.Values))
            : new Always(false),
        _ => throw new ArgumentException($"No such filter: {filter}.", nameof(filter)),
    };

    /// <summary>The condition that a search is; null when every session meets it.</summary>
    public Predicate? PredicateOf(string? text)
    {
        var needle = FoldedText.Of(text ?? "");
        if (needle.Length == 0)
            return null;

        var words = _own.Where(one => one.Field.Searched).Select(one => WordsOf(one.Field));
        return new TextFound(needle, [.. words.OfType<WordColumn>()]);
    }

    private Predicate PredicateOf(AnyOf any, long nowUs)
    {
        var name = any.Field.Name;
        if (name == CommonFields.Status.Name)
            return new StatusAmong(Lifecycles, any.Values, nowUs);
        if (name == CommonFields.Person.Name)
            return new PersonAmong(_searchedTexts, any.Values);
        if (WordsOf(any.Field) is { } words)
            return new CodeAmong(words.Slot, words.AnyOf(any.Values));

        return TextOf(name) is { } text ? new TextAmong(text, any.Values) : new Always(false);
    }

    private TextPlace? TextOf(string name) => name switch
    {
        "email" => new TextPlace(true, 3, _searchedTexts),
        "name" => new TextPlace(true, 4, _searchedTexts),
        _ => Own(name) is { Field.Type: FieldType.Text } own ? own.Text : null,
    };

    private static Field Resolve(Field field, Lens lens) =>
        field.Name == CommonFields.Events.Name ? lens.EventCount : field;

    private KindField? Own(string name) => _own.FirstOrDefault(one => one.Field.Name == name);
}
