namespace Sojourn.Server.Pages.Lists;

/// <summary>How a list's sessions are told among all sessions of their person.</summary>
/// <param name="One">What one is called.</param>
/// <param name="Many">What several are called.</param>
/// <param name="Part">The component that tells one; see <see cref="PanelPart"/>.</param>
public sealed record PersonTelling(string One, string Many, Type Part)
{
    /// <summary>The statuses of sessions in which something was bought.</summary>
    public IReadOnlyList<string> Bought { get; init; } = [];
}
