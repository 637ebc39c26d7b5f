using Microsoft.AspNetCore.Components;

namespace Sojourn.Server.Pages.Lists;

/// <summary>Draws one cell of a row.</summary>
public abstract class CellPart : Part
{
    [Parameter]
    public SessionRow Row { get; set; }

    [Parameter]
    public Column Column { get; set; } = null!; // The table always gives it.

    /// <summary>Where the row leads.</summary>
    [Parameter]
    public string Link { get; set; } = "";

    [Parameter]
    public LensPage Of { get; set; } = null!; // The table always gives it.
}

/// <summary>Draws what a lens knows of one session beyond what all sessions have.</summary>
public abstract class PanelPart : Part
{
    [Parameter]
    public SessionRow Row { get; set; }

    [Parameter]
    public LensPage Of { get; set; } = null!; // The panel always gives it.
}
