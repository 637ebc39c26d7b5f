using Sojourn.Events;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Pages.Lists;

/// <summary>How something went, in one sentence for the person who did it.</summary>
/// <param name="Text">The sentence, in English.</param>
/// <param name="Bad">True when it did not happen.</param>
internal sealed record Outcome(string Text, bool Bad = false)
{
    /// <summary>How one action went.</summary>
    public static Outcome Of(ActionAnswer answer, string type) => answer.Refusal switch
    {
        null => new(DoneOf(type)),
        "version_stale" when answer.Latest is { } first => new(
            $"Not done: {first.Actor} was faster ({first.Type} at "
            + $"{Micros.ToText(first.AcceptedUs)}). Look again, then decide.", Bad: true),
        "version_stale" => new(
            "Not done: the session changed meanwhile. Look again, then decide.", Bad: true),
        "transition_not_allowed" => new(
            "Not done: a session in this status does not take this step.", Bad: true),
        "session_unknown" => new("Not done: the session is not there any more.", Bad: true),
        _ => new("Not done: there is no such action.", Bad: true),
    };

    /// <summary>How an action on several sessions went.</summary>
    public static Outcome OfMany(IReadOnlyList<ActionAnswer> answers, string type)
    {
        var refused = answers.Count(one => one.Refusal is not null);
        var done = answers.Count - refused;
        return refused == 0
            ? new($"{DoneOf(type)} {done} sessions.")
            : new($"{DoneOf(type)} {done} of {answers.Count} sessions; {refused} refused because "
                + "their status does not take this step.", Bad: done == 0);
    }

    private static string DoneOf(string type) => type switch
    {
        ActionTypes.Note => "Note saved.",
        ActionTypes.Status => "Moved.",
        ActionTypes.Assign => "Assigned.",
        ActionTypes.Archive => "Archived.",
        ActionTypes.Unarchive => "Brought back.",
        _ => "Done.",
    };
}
