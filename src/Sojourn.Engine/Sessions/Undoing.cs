using Sojourn.Events;

namespace Sojourn.Sessions;

/// <summary>
/// Taking back what was just done. The action and its undoing are both kept and counted; the
/// session is as if neither had been.
/// </summary>
public static class Undoing
{
    /// <summary>How long the screen offers it.</summary>
    public static readonly TimeSpan Offered = TimeSpan.FromSeconds(10);

    /// <summary>How long it is taken: two seconds more, for the way.</summary>
    public static readonly TimeSpan Within = Offered + TimeSpan.FromSeconds(2);

    /// <summary>The refusal of an undoing that comes too late, or is not one's own.</summary>
    public const string NotAllowed = "undo_not_allowed";

    /// <summary>The actions that stand, in their order.</summary>
    internal static IReadOnlyList<StaffAction> Standing(IReadOnlyList<StaffAction> actions)
    {
        if (!actions.Any(one => one.Type == ActionTypes.Undo))
            return actions;

        var undone = actions.Where(one => one.Type == ActionTypes.Undo)
            .Select(one => one.To).ToHashSet();
        return [.. actions.Where(one =>
            one.Type != ActionTypes.Undo && !undone.Contains(one.Id))];
    }

    /// <summary>
    /// Why an undoing is refused; null when it is not. Only the last action that stands can be
    /// taken back, by who did it, within <see cref="Within"/>.
    /// </summary>
    internal static string? RefusalOf(
        IReadOnlyList<StaffAction> actions, StaffAction undo, long nowUs) =>
        Standing(actions) is [.., var last]
            && last.Id == undo.To
            && last.Actor == undo.Actor
            && nowUs - last.AcceptedUs <= Micros.From(Within)
                ? null
                : NotAllowed;
}
