using Sojourn.Queries;
using Sojourn.Sessions;

namespace Sojourn.Server.Pages.Lists;

/// <summary>Everything a list shows at one instant.</summary>
public sealed record ListScreen
{
    /// <summary>How the list looks.</summary>
    public required LensPage Of { get; init; }

    /// <summary>The address it follows from.</summary>
    public required ListAddress Address { get; init; }

    /// <summary>What the address asks.</summary>
    public required ListQuestion Question { get; init; }

    /// <summary>The sessions, their total and counts.</summary>
    public required SessionPage Page { get; init; }

    /// <summary>Sessions of the list without any filter.</summary>
    public required long All { get; init; }

    /// <summary>Sessions under the same filters that are suppressed.</summary>
    public required long Suppressed { get; init; }

    /// <summary>The columns shown, in order.</summary>
    public required IReadOnlyList<Column> Columns { get; init; }

    /// <summary>The project's saved views of this list.</summary>
    public required IReadOnlyList<SavedView> Views { get; init; }

    /// <summary>The open panel, or null.</summary>
    public PanelScreen? Panel { get; init; }

    /// <summary>What the reader should know first; empty when all is well.</summary>
    public required IReadOnlyList<string> Notices { get; init; }

    /// <summary>Place of the first row among all, from 1; 0 when there is none.</summary>
    public long First => Page.Items.Count == 0 ? 0 : Question.Query.Offset + 1;

    /// <summary>Place of the last row among all.</summary>
    public long Last => Question.Query.Offset + Page.Items.Count;

    /// <summary>True when any filter is set.</summary>
    public bool Filtered => Address.Filters.Any();
}

/// <summary>An open session beside its list.</summary>
public sealed record PanelScreen
{
    /// <summary>The session.</summary>
    public required SessionRow Row { get; init; }

    /// <summary>Its events in order, as many as asked for.</summary>
    public required IReadOnlyList<StoredEvent> Events { get; init; }

    /// <summary>True when it has more events than these.</summary>
    public required bool HasMore { get; init; }

    /// <summary>What staff did, in order.</summary>
    public required IReadOnlyList<StaffAction> Actions { get; init; }

    /// <summary>The tab shown.</summary>
    public required PanelTab Tab { get; init; }

    /// <summary>The row above, or null.</summary>
    public string? Previous { get; init; }

    /// <summary>The row below, or null.</summary>
    public string? Next { get; init; }
}

/// <summary>A question with a name, shared by the project's people.</summary>
/// <param name="Id">Opaque, unique in its project.</param>
/// <param name="Name">Its name.</param>
/// <param name="Lens">The list it asks.</param>
/// <param name="Parameters">The question.</param>
/// <param name="By">Who saved it.</param>
public sealed record SavedView(
    string Id,
    string Name,
    string Lens,
    IReadOnlyList<KeyValuePair<string, string>> Parameters,
    string By);
