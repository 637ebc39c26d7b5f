using Sojourn.Queries;
using Sojourn.Server.Pages.Rules;
using Sojourn.Sessions;

namespace Sojourn.Server.Pages.Lists;

/// <summary>How a list looks on the screen. One for each lens, in the lens's own folder.</summary>
public sealed record LensPage
{
    /// <summary>The list.</summary>
    public required Lens Lens { get; init; }

    /// <summary>Its heading.</summary>
    public required string Title { get; init; }

    /// <summary>Its name where room is short.</summary>
    public required string ShortTitle { get; init; }

    /// <summary>Its sign, a name in <c>icons.svg</c>.</summary>
    public required string Icon { get; init; }

    /// <summary>The keys that lead to it, e.g. <c>g c</c>.</summary>
    public required string Keys { get; init; }

    /// <summary>What the search field says it searches.</summary>
    public required string SearchHint { get; init; }

    /// <summary>What a project has to send before there is something in it.</summary>
    public required string Needs { get; init; }

    /// <summary>Its order when the address names none, as in <c>sort=</c>.</summary>
    public required string Order { get; init; }

    /// <summary>Its table's class in the style sheet.</summary>
    public required string TableClass { get; init; }

    /// <summary>Its columns, in order.</summary>
    public required IReadOnlyList<Column> Columns { get; init; }

    /// <summary>Choices of columns that are offered by name.</summary>
    public IReadOnlyList<ColumnSet> ColumnSets { get; init; } = [];

    /// <summary>Its filters, in order.</summary>
    public required IReadOnlyList<FilterChoice> Filters { get; init; }

    /// <summary>The words of its statuses.</summary>
    public required IReadOnlyList<StatusWord> Statuses { get; init; }

    /// <summary>The component that draws one cell; see <see cref="CellPart"/>.</summary>
    public required Type Cell { get; init; }

    /// <summary>The component that draws the overview; see <see cref="PanelPart"/>.</summary>
    public required Type Overview { get; init; }

    /// <summary>The tabs of its panel; the first is shown unless the address names one.</summary>
    public IReadOnlyList<PanelTab> Tabs { get; init; } =
        [PanelTab.Overview, PanelTab.Timeline, PanelTab.Details];

    /// <summary>
    /// The component below the name in the panel's head, see <see cref="PanelPart"/>; or null.
    /// </summary>
    public Type? PanelHead { get; init; }

    /// <summary>
    /// How its sessions are told on their person's page; null when another list of the kind
    /// tells them.
    /// </summary>
    public PersonTelling? Telling { get; init; }

    /// <summary>Forms for rules that decide what its sessions say.</summary>
    public IReadOnlyList<RuleForm> RuleForms { get; init; } = [];

    /// <summary>Other pages about the same sessions.</summary>
    public IReadOnlyList<OtherView> OtherViews { get; init; } = [];

    /// <summary>
    /// What people call a session, or null when it has no name but its id.
    /// </summary>
    public required Func<SessionRow, string?> NameOf { get; init; }

    /// <summary>The steps staff may take from a status, the usual one first.</summary>
    public Func<string, IReadOnlyList<NextStep>> StepsFrom { get; init; } = _ => [];

    /// <summary>The words of a status.</summary>
    public StatusWord StatusOf(string status) =>
        Statuses.FirstOrDefault(one => one.Name == status) ?? new(status, status, "", "s-ended");
}

/// <summary>Another page about the sessions of a list.</summary>
/// <param name="Path">Below the project.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Icon">Its sign, a name in <c>icons.svg</c>.</param>
public sealed record OtherView(string Path, string Title, string Icon)
{
    /// <summary>What it is called where its list does not stand beside it.</summary>
    public string FullTitle { get; init; } = Title;

    /// <summary>The statuses whose sessions the navigation counts; empty = no entry.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    /// <summary>The keys that lead to it, or null.</summary>
    public string? Keys { get; init; }
}

/// <summary>A column.</summary>
/// <param name="Name">Its name in addresses.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Class">Its class in the style sheet.</param>
public sealed record Column(string Name, string Title, string Class)
{
    /// <summary>What a click on the heading sorts by, as in <c>sort=</c>; null = nothing.</summary>
    public string? Sort { get; init; }

    /// <summary>True when it ends with its cell, as numbers do.</summary>
    public bool Number { get; init; }

    /// <summary>True when it cannot be hidden.</summary>
    public bool Always { get; init; }

    /// <summary>False when it is only shown to those who choose it.</summary>
    public bool Shown { get; init; } = true;

    /// <summary>True when its heading is only read aloud.</summary>
    public bool Untitled { get; init; }
}

/// <summary>Columns that are chosen together.</summary>
/// <param name="Title">What people call it.</param>
/// <param name="Columns">Names of columns.</param>
public sealed record ColumnSet(string Title, IReadOnlyList<string> Columns);

/// <summary>A status in words.</summary>
/// <param name="Name">As in the API.</param>
/// <param name="Label">As on the badge.</param>
/// <param name="Advice">What it means and what usually comes next.</param>
/// <param name="Icon">Its glyph; empty for the pulsing dot.</param>
public sealed record StatusWord(string Name, string Label, string Advice, string Icon);

/// <summary>A step staff may take.</summary>
/// <param name="To">The status it leads to.</param>
/// <param name="Label">What the button says.</param>
public sealed record NextStep(string To, string Label);

/// <summary>A session with the way to read its lens's fields.</summary>
/// <param name="Lens">The list it is shown in.</param>
/// <param name="Session">The session.</param>
public readonly record struct SessionRow(Lens Lens, Session Session)
{
    /// <summary>Its id as text.</summary>
    public string Id => Session.Id.ToString();

    /// <summary>The value of a field of the lens's kind; null when there is none.</summary>
    public T? Get<T>(Field field)
    {
        var fields = Lens.Kind.Fields;
        for (var place = 0; place < fields.Count; place++)
        {
            if (ReferenceEquals(fields[place], field))
                return (T?)Session.Values[place];
        }

        throw new ArgumentException($"{Lens.Name} has no field {field.Name}.", nameof(field));
    }
}
