using Sojourn.Kinds.Checkouts;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Outreach;

/// <summary>Tells a session that its customer was written to.</summary>
internal static class OutreachContact
{
    /// <summary>What its actor begins with; the rule follows.</summary>
    public const string ActorPrefix = "outreach:";

    /// <summary>
    /// Tells it once, however often it is asked to: the message's name tells that it was.
    /// </summary>
    public static async Task TellAsync(IStore store, OutboxRow row, CancellationToken cancel)
    {
        if (!SessionId.TryParse(row.Session, out var session)
            || await store.TimelineAsync(row.Project, session, null, 1, cancel) is not { } story
            || story.Actions.Any(action => action.Text == row.MessageId))
        {
            return;
        }

        await store.ActAsync(
            new ActionRequest(
                row.Project, session, null, CheckoutActions.Contact, "email", row.MessageId,
                ActorPrefix + row.Rule),
            cancel);
    }
}
