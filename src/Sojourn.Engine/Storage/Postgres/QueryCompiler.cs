using System.Globalization;
using Sojourn.Queries;
using Sojourn.Sessions;

namespace Sojourn.Storage.Postgres;

/// <summary>
/// One <see cref="SessionQuery"/> as SQL. All that a user wrote becomes a parameter; the text
/// itself is made of constants and numbers of parameters.
/// </summary>
internal sealed class QueryCompiler
{
    private const string ProjectValue = "$1";
    private const string NowValue = "$2";

    private readonly SessionQuery _query;
    private readonly string _always;
    private readonly List<(Field Field, string Condition)> _filters = [];
    private readonly List<object?> _values;
    private readonly List<object?> _pageValues;
    private readonly string _after;

    public QueryCompiler(SessionTable table, string project, SessionQuery query, long nowUs)
    {
        (Table, Project, _query, NowUs) = (table, project, query, nowUs);
        _values = [project, nowUs];

        // Named here too, because PostgreSQL wants every parameter to be used.
        _always = $"project = {ProjectValue} and {NowValue}::bigint is not null";
        _always += query.Suppressed switch
        {
            SuppressedView.Hide => " and suppressed_by is null",
            SuppressedView.Only => " and suppressed_by is not null",
            _ => "",
        };
        if (!query.Archived)
            _always += " and not archived";
        if (SearchedText.PatternOf(query.Text) is { } pattern)
            _always += $" and searched like {Value(pattern)}";
        foreach (var filter in query.Filters)
            _filters.Add((filter.Field, ConditionOf(filter)));

        _pageValues = [.. _values];
        _after = query.After is { } after ? " and " + AfterCondition(after) : "";
    }

    public SessionTable Table { get; }

    public string Project { get; }

    /// <summary>The instant statuses are judged at.</summary>
    public long NowUs { get; }

    /// <summary>Rows a page has.</summary>
    public int Limit => Math.Clamp(_query.Limit, 1, SessionQuery.LimitMax);

    /// <summary>The parameters of all but the page, the first being <c>$1</c>.</summary>
    public object?[] Values => [.. _values];

    /// <summary>The parameters of the page.</summary>
    public object?[] PageValues => [.. _pageValues];

    /// <summary>How many sessions match.</summary>
    public string Total => $"select count(*) from {Table.Name} where {Where(null)}";

    /// <summary>The sessions of a page, and one more if there is one.</summary>
    public string Page => $"""
        select {Table.ColumnNames}
        from {Table.Name}
        where {Where(null)}{_after}
        order by {Order}
        limit {Number(Limit + 1)} offset {Number(Offset)}
        """;

    /// <summary>All sessions, in order.</summary>
    public string All => $"""
        select {Table.ColumnNames} from {Table.Name} where {Where(null)} order by {Order}
        """;

    /// <summary>
    /// Values with counts of all fields but sets, under all filters: place of the field among
    /// those asked for, value, count; one field after another. One look at the table does it.
    /// </summary>
    public string Facets(IReadOnlyList<Field> fields)
    {
        var names = fields.Select((_, place) => Number(place, "v")).ToList();
        var values = fields.Select((field, place) => $"{ValueOf(field)} as {names[place]}");

        // A row of grouping sets has one value; the bit of its field is the one that is 0.
        var place = string.Join(" ", names.Select((name, at) =>
            $"when grouping({name}) = 0 then {Number(at)}"));
        return $"""
            select place, word, count
            from (
                select *, row_number() over (
                    partition by place order by count desc, word collate "C") as number
                from (
                    select case {place} end as place,
                        coalesce({string.Join(", ", names)}) as word,
                        count(*) as count
                    from (
                        select {string.Join(", ", values)}
                        from {Table.Name}
                        where {Where(null)}
                    ) as rows
                    group by grouping sets (({string.Join("), (", names)}))
                ) as counts
            ) as numbered
            where number <= {Number(SessionPage.FacetValuesMax)}
            order by place, number
            """;
    }

    /// <summary>True when a field's own filter is left out for its facet.</summary>
    public bool IsFiltered(Field field) => _filters.Any(one => one.Field.Name == field.Name);

    /// <summary>Values of a field with counts, under all filters but its own.</summary>
    /// <exception cref="ArgumentException">The kind has no such field.</exception>
    public string Facet(Field field)
    {
        var (word, words) = field.Type == FieldType.Set
            ? ("word", $" cross join lateral unnest({ExpressionOf(field)}) as words (word)")
            : (ValueOf(field), "");
        return $"""
            select {word}, count(*)
            from {Table.Name}{words}
            where {Where(field)}
            group by 1
            order by 2 desc, 1
            limit {Number(SessionPage.FacetValuesMax)}
            """;
    }

    /// <summary>
    /// The parts of a question that groups sessions: period, count, the values of fields, the
    /// medians, in this order of columns; greatest groups first.
    /// </summary>
    /// <exception cref="ArgumentException">A field is none to group by or no number.</exception>
    public string Groups(GroupQuery query)
    {
        var period = query.Starts.Count == 0
            ? "0"
            : $"width_bucket(started_us, {Value(query.Starts.ToArray())}) - 1";
        var began = query.Starts.Count == 0
            ? ""
            : $" and started_us >= {Value(query.Starts[0])}";
        var keys = query.By.Select(field => field.Type switch
        {
            FieldType.Path => ExpressionOf(field),
            FieldType.Money => $"array[coalesce({ExpressionOf(field)}_currency, '')]",
            _ => $"array[{ValueOf(field)}]",
        });
        var medians = query.Medians.Select(field =>
            $"percentile_disc(0.5) within group (order by {NumberOf(field)})");
        var columns = string.Concat(keys
            .Select((key, place) => $"{key} as {Number(place, "k")}")
            .Concat(medians)
            .Concat(query.Sums.Select(field => $"coalesce(sum({NumberOf(field)}), 0)"))
            .Select(column => ", " + column));
        var groups = query.By.Select((_, place) => Number(place, "k")).Prepend("period");
        return $"""
            select {period} as period, count(*) as count{columns}
            from {Table.Name}
            where {Where(null)}{began}
            group by {string.Join(", ", groups)}
            order by count desc
            """;
    }

    private string NumberOf(Field field) => Resolve(field) is var number && IsNumber(number)
        ? Table.Expression(number, NowValue)
            ?? throw new ArgumentException($"{field.Name} has no numbers.")
        : throw new ArgumentException($"{field.Name} has no numbers.");

    /// <summary>Where the page after a row begins.</summary>
    public RowPosition PositionOf(Session last) =>
        new(Table.SortValueOf(last, Resolve(_query.Sort)), last.Id);

    private string ValueOf(Field field) => $"coalesce({ExpressionOf(field)}, '')";

    private string ExpressionOf(Field field) => Table.Expression(field, NowValue)
        ?? throw new ArgumentException($"{field.Name} has no values to count.", nameof(field));

    private int Offset => _query.After is null ? Math.Max(_query.Offset, 0) : 0;

    // A field without numbers is a field that no session has a value of.
    private string SortValue => Resolve(_query.Sort) is var sort && IsNumber(sort)
        ? Table.Expression(sort, NowValue) ?? "null::bigint"
        : "null::bigint";

    // The common numbers are never missing, and the index on the start is of use without
    // "nulls last" only.
    private string Order =>
        $"{SortValue} {(_query.Descending ? "desc" : "asc")}"
        + (CommonFields.All.Contains(Resolve(_query.Sort)) ? "" : " nulls last")
        + ", bucket, part";

    private static bool IsNumber(Field field) =>
        field.Type is FieldType.Number or FieldType.Time or FieldType.Money;

    private Field Resolve(Field field) =>
        field.Name == CommonFields.Events.Name ? _query.Lens.EventCount : field;

    private string Where(Field? butOf) => string.Join(
        "\n    and ",
        _filters
            .Where(one => one.Field.Name != butOf?.Name)
            .Select(one => one.Condition)
            .Prepend(_always));

    private string ConditionOf(Filter filter)
    {
        var field = Resolve(filter.Field);
        return (filter, Table.Expression(field, NowValue)) switch
        {
            (Between between, { } value) when IsNumber(field) => BetweenCondition(value, between),
            (AnyOf any, _) when field == CommonFields.Person => PersonCondition(any),
            (AnyOf any, { } value) when field.Type is FieldType.Set or FieldType.Path =>
                SetCondition(value, any),
            (AnyOf any, { } value) when !IsNumber(field) =>
                $"coalesce({value}, '') = any({Value(any.Values.ToArray())})",
            (StepIs step, { } value) when field.Type == FieldType.Path =>
                $"coalesce({value}[{Number(step.Place)}], '') "
                    + $"= any({Value(step.Values.ToArray())})",
            (Between or AnyOf or StepIs, _) => "false",
            _ => throw new ArgumentException($"There is no filter {filter.GetType().Name}."),
        };
    }

    private string PersonCondition(AnyOf any)
    {
        var ids = Value(any.Values.ToArray());
        return $"(person_id = any({ids}) or user_id = any({ids}) or anonymous_id = any({ids}))";
    }

    private string SetCondition(string value, AnyOf any)
    {
        var words = $"{value} && {Value(any.Values.ToArray())}";
        return any.Values.Contains("") ? $"({words} or cardinality({value}) = 0)" : words;
    }

    private string BetweenCondition(string value, Between between)
    {
        var parts = new List<string> { $"{value} is not null" };
        if (between.Min is { } min)
            parts.Add($"{value} >= {Value(min)}");
        if (between.Max is { } max)
            parts.Add($"{value} <= {Value(max)}");
        return $"({string.Join(" and ", parts)})";
    }

    // Its values come after the others, which the total and the facets share.
    private string AfterCondition(RowPosition after)
    {
        var tie = $"(bucket, part) > ({PageValue(Bucket.ToRow(after.Id.Key))}, "
            + $"{PageValue(Bucket.ToRow(after.Id.Part))})";
        if (after.Value is not { } last)
            return $"({SortValue} is null and {tie})";

        var beyond = _query.Descending ? "<" : ">";
        var place = PageValue(last);
        return $"({SortValue} {beyond} {place} or ({SortValue} = {place} and {tie})"
            + $" or {SortValue} is null)";
    }

    private string Value(object value) => Add(_values, value);

    private string PageValue(object value) => Add(_pageValues, value);

    private static string Add(List<object?> values, object value)
    {
        values.Add(value);
        return Number(values.Count, "$");
    }

    private static string Number(int number, string prefix = "") =>
        prefix + number.ToString(CultureInfo.InvariantCulture);
}
