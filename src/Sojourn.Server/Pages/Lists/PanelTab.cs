namespace Sojourn.Server.Pages.Lists;

/// <summary>A tab of a panel.</summary>
/// <param name="Name">Its name in addresses.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Part">
/// The component that draws it, see <see cref="PanelPart"/>; null = one that every panel has.
/// </param>
public sealed record PanelTab(string Name, string Title, Type? Part = null)
{
    /// <summary>What it comes to.</summary>
    public static PanelTab Overview { get; } = new("overview", "Overview");

    /// <summary>Every event in order.</summary>
    public static PanelTab Timeline { get; } = new("timeline", "Event Timeline");

    /// <summary>Who and where.</summary>
    public static PanelTab Details { get; } = new("details", "Details");
}
