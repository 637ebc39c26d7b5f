using Sojourn.Kinds.Checkouts;
using Sojourn.Server.Pages.Lenses.Checkouts;
using Sojourn.Server.Pages.Lists;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Pages.Pipeline;

/// <summary>How something done on the board went, in one sentence of the page's language.</summary>
internal sealed class BoardOutcomes(PageContext here)
{
    /// <summary>There is no such checkout.</summary>
    public Outcome Unknown => Bad("Not done: the session is not there any more.");

    /// <summary>The follow-up has no time.</summary>
    public Outcome NoTime => Bad("Not done: give a day and a time to follow up.");

    /// <summary>The discount takes nothing off, or has no end.</summary>
    public Outcome NoTerms =>
        Bad("No code made: give a number, and 1 to 365 days until it expires.");

    /// <summary>The project has no room for more codes.</summary>
    public Outcome TooManyCodes => Bad("No code made: this project has too many codes.");

    /// <summary>How one action went.</summary>
    public Outcome Of(ActionRequest asked, ActionAnswer answer) => answer switch
    {
        { Refusal: null } => Done(asked, answer),
        { Refusal: "version_stale", Latest: { } first } => Stale(first),
        { Refusal: "version_stale" } =>
            Bad("Not done: the session changed meanwhile. Look again, then decide."),
        { Refusal: "transition_not_allowed", Session: { } session } => NotAllowed(asked, session),
        { Refusal: Undoing.NotAllowed } => Bad(
            "Too late: only your own last step can be taken back, within 10 seconds."),
        { Refusal: "action_invalid" } when asked.Type == CheckoutActions.Discount =>
            Bad("No code made: use 1 to 100 whole percent, or an amount above zero."),
        { Refusal: "session_unknown" } => Unknown,
        _ => Bad("Not done: there is no such action."),
    };

    private Outcome Done(ActionRequest asked, ActionAnswer answer)
    {
        var done = new Outcome(asked.Type switch
        {
            ActionTypes.Status => Words("Moved to {0}.", Label(asked.To)),
            ActionTypes.Undo => Words("Taken back."),
            ActionTypes.Note => Words("Note saved."),
            ActionTypes.Assign => asked.Text is { } who
                ? Words("Given to {0}.", who)
                : Words("Given to nobody."),
            CheckoutActions.Contact => Words("{0} noted as a contact.", Channel(asked.To)),
            CheckoutActions.Discount => Words("Code {0} made and copied.", asked.To),
            CheckoutActions.FollowUp => asked.To is null
                ? Words("Follow-up taken off.")
                : Words("Follow-up set."),
            ActionTypes.Archive => Words("Archived."),
            _ => Words("Done."),
        });
        return asked.Type is ActionTypes.Undo || answer.Latest is not { } action ? done : done with
        {
            Action = new UndoAction(asked.Session.ToString(), action.Id),
            Copied = asked.Type == CheckoutActions.Discount ? asked.To : null,
        };
    }

    private Outcome Stale(StaffAction first)
    {
        var at = Show.Since(first.AcceptedUs, here.NowUs, here.Zone, here.Language);
        return new(first.Type switch
        {
            ActionTypes.Status =>
                Words("Not moved: {0} moved it to {1} at {2}.", first.Actor, Label(first.To), at),
            CheckoutActions.Contact => Words(
                "Not moved: {0} contacted them at {2} ({1}).", first.Actor, Channel(first.To), at),
            _ => Words(
                "Not moved: {0} was faster ({1} at {2}). Look again, then decide.",
                first.Actor, first.Type, at),
        }, Bad: true);
    }

    private Outcome NotAllowed(ActionRequest asked, Session session)
    {
        var from = session.Lifecycle.StatusAt(here.NowUs);
        if (asked.Type != ActionTypes.Status)
            return Bad("Not done: a session in this status does not take this step.");

        var allowed = BoardAddress.Statuses
            .Where(to => CheckoutStatus.StaffMayMove(from, to)).Select(Label).ToList();
        return new(
            allowed.Count == 0
                ? Words("Not moved: nobody moves a checkout out of {0}.", Label(from))
                : Words("Not moved: from {0} it goes to {1}, not to {2}.",
                    Label(from), string.Join(", ", allowed), Label(asked.To)),
            Bad: true);
    }

    private string Label(string? status) =>
        here.Language[CheckoutsPage.Page.StatusOf(status ?? "").Label];

    private string Channel(string? channel) => here.Language[CardWords.ChannelOf(channel)];

    private string Words(string english, params ReadOnlySpan<object?> values) =>
        here.Language.Format(english, values);

    private Outcome Bad(string english) => new(Words(english), Bad: true);
}
