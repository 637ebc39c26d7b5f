using Sojourn.Events;
using Sojourn.Sessions;

namespace Sojourn.Storage.Postgres;

/// <summary>Judges and stores staff actions.</summary>
/// <param name="kinds">All kinds.</param>
/// <param name="fold">Folds what an action touches.</param>
/// <param name="clock">Tells when an action is accepted.</param>
internal sealed class Acting(
    IReadOnlyList<SessionKind> kinds, CircleFold fold, TimeProvider clock)
{
    /// <summary>Answers a request; the caller commits.</summary>
    public async Task<ActionAnswer> ActAsync(
        Work work, Project project, ActionRequest request, CancellationToken cancel)
    {
        // Held before it is looked at: nobody changes the session between judgement and storing.
        var progress = await Progress.HoldAsync(work, project.Id, cancel);
        project = await DocumentRows.RuledAsync(work, project, cancel);
        if (await fold.FindAsync(work, project, request.Session, cancel) is not { } found)
            return new ActionAnswer(null, "session_unknown");

        var action = ActionOf(request, found.Session, progress.Actions + 1);
        if (RefusalOf(request, found, action) is { } refused)
            return refused;

        progress = progress with
        {
            Sequence = progress.Sequence + 1,
            Actions = progress.Actions + 1,
        };
        await progress.StoreAsync(work, project.Id, cancel);
        await ActionRows.InsertAsync(work, project.Id, action, cancel);
        var changes = await fold.StoreAsync(
            work, project, found.Buckets, newRules: false, cancel);
        await Changes.AnnounceAsync(work, project.Id, progress.Sequence, changes, cancel);

        var after = await fold.FindAsync(work, project, found.Session.Id, cancel);
        return new ActionAnswer(after?.Session, null, action);
    }

    private ActionAnswer? RefusalOf(
        ActionRequest request, Story found, StaffAction action)
    {
        if (request.Version is { } version && version != found.Session.Version)
        {
            return new ActionAnswer(
                found.Session,
                "version_stale",
                found.Actions is [.., var latest] ? latest : null);
        }

        var kind = kinds.First(one => one.Name == found.Session.Kind);
        if (!ActionTypes.All.Contains(request.Type) && !kind.Actions.Contains(request.Type))
            return new ActionAnswer(found.Session, "action_unknown");

        var refused = request.Type == ActionTypes.Undo
            ? Undoing.RefusalOf(found.Actions, action, action.AcceptedUs)
            : kind.RefusalOf(found.Session, action, action.AcceptedUs);
        return refused is { } refusal
            ? new ActionAnswer(found.Session, refusal)
            : null;
    }

    private StaffAction ActionOf(ActionRequest request, Session session, long number)
    {
        var anchor = session.FirstEvent!; // A session just folded has it.
        var nowUs = clock.NowUs();
        return new StaffAction
        {
            Id = "a_" + Guid.CreateVersion7(Micros.ToTime(nowUs)).ToString("N"),
            Kind = session.Kind,
            AnchorEventId = anchor.Id,
            AnchorKey = kinds.First(one => one.Name == session.Kind).ByPerson
                ? anchor.Stream! // An event of a person names one.
                : session.Key,
            Type = request.Type,
            To = request.To,
            Text = request.Text,
            Actor = request.Actor,
            AcceptedUs = nowUs,
            Number = number,
        };
    }
}
