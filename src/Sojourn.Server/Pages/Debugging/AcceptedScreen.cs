using Sojourn.Queries;
using Sojourn.Server.Pages.Lists;

namespace Sojourn.Server.Pages.Debugging;

/// <summary>Everything the page of accepted events shows at one instant.</summary>
public sealed record AcceptedScreen
{
    /// <summary>The address it follows from.</summary>
    public required ListAddress Address { get; init; }

    /// <summary>What the address asks.</summary>
    public required EventQuery Query { get; init; }

    /// <summary>The events, newest first.</summary>
    public required EventPage Page { get; init; }

    /// <summary>What the reader should know first; empty when all is well.</summary>
    public required IReadOnlyList<string> Notices { get; init; }

    /// <summary>True for the newest events, which go on while one looks.</summary>
    public bool IsNewest => Query.Cursor is null;

    /// <summary>True when some events are left out on purpose.</summary>
    public bool IsFiltered => Query.Names.Count > 0 || Query.Person is not null
        || Query.Suppressed != SuppressedView.All || Query.FromUs is not null
        || Query.ToUs is not null;
}
