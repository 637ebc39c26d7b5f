using Sojourn.Events;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Pages.Lists;

/// <summary>How something went, in one sentence for the person who did it.</summary>
/// <param name="Text">The sentence, in English.</param>
/// <param name="Bad">True when it did not happen.</param>
/// <param name="Undo">What takes it back, or null when nothing does.</param>
public sealed record Outcome(string Text, bool Bad = false, Undo? Undo = null)
{
    /// <summary>The merge of two people that can be taken back, or null.</summary>
    public UndoMerge? Merge { get; init; }

    /// <summary>The action that can be taken back by its id, or null.</summary>
    public UndoAction? Action { get; init; }

    /// <summary>What to put on the clipboard, or null.</summary>
    public string? Copied { get; init; }

    /// <summary>How one action went.</summary>
    public static Outcome Of(ActionAnswer answer, string type) => answer.Refusal switch
    {
        null => new(DoneOf(type), Undo: UndoOf([answer], type)),
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
        var text = refused == 0
            ? $"{DoneOf(type)} {done} sessions."
            : $"{DoneOf(type)} {done} of {answers.Count} sessions; {refused} refused because "
                + "their status does not take this step.";
        return new(text, Bad: done == 0, UndoOf(answers, type));
    }

    private static Undo? UndoOf(IReadOnlyList<ActionAnswer> answers, string type)
    {
        var back = type switch
        {
            ActionTypes.Archive => ActionTypes.Unarchive,
            ActionTypes.Unarchive => ActionTypes.Archive,
            _ => null,
        };
        var ids = answers
            .Where(one => one.Refusal is null)
            .Select(one => one.Session!.Id.ToString()) // There is one without a refusal.
            .ToList();
        return back is null || ids.Count is 0 or > Undo.SessionsMax ? null : new(back, ids);
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

/// <summary>What takes an action back.</summary>
/// <param name="Type">The action that does.</param>
/// <param name="Ids">The sessions, at most <see cref="SessionsMax"/>.</param>
public sealed record Undo(string Type, IReadOnlyList<string> Ids)
{
    /// <summary>As many as a cookie has room for.</summary>
    public const int SessionsMax = 100;
}

/// <summary>What takes one action back, for as long as the server allows it.</summary>
/// <param name="Session">The session it was done to.</param>
/// <param name="Id">The action.</param>
public sealed record UndoAction(string Session, string Id);

/// <summary>What takes the merge of two people back.</summary>
/// <param name="Person">Who they are now.</param>
/// <param name="Alias">The alias that made them one.</param>
public sealed record UndoMerge(string Person, string Alias);
