using System.Text.Json;
using Sojourn.Events;
using Sojourn.Sessions;

namespace Sojourn.Storage.Sqlite;

/// <summary>Judges what staff ask for.</summary>
internal static class StaffActions
{
    /// <summary>The refusal of an unknown session.</summary>
    public const string SessionUnknown = "session_unknown";

    /// <summary>The refusal when another action came first.</summary>
    public const string VersionStale = "version_stale";

    /// <summary>The refusal of a type nobody knows.</summary>
    public const string ActionUnknown = "action_unknown";

    /// <summary>The answer to a request as long as nothing is stored.</summary>
    /// <param name="share">The project.</param>
    /// <param name="kinds">The kinds of sessions.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="nowUs">Now, microseconds UTC.</param>
    /// <param name="action">The action to store, or null when it is refused.</param>
    public static ActionAnswer Judge(
        ProjectShare share,
        IReadOnlyList<SessionKind> kinds,
        ActionRequest request,
        long nowUs,
        out StaffAction? action)
    {
        action = null;
        if (share.Ask(sessions => sessions.Find(request.Session)) is not { } found
            || found.Session.FirstEvent is not { } anchor)
        {
            return new ActionAnswer(null, SessionUnknown);
        }

        var session = found.Session;
        if (request.Version is { } version && version != session.Version)
        {
            var first = found.Actions is [.., var last] ? last : null;
            return new ActionAnswer(session, VersionStale, first);
        }

        var kind = kinds.Single(one => one.Name == session.Kind);
        if (!ActionTypes.All.Contains(request.Type) && !kind.Actions.Contains(request.Type))
            return new ActionAnswer(session, ActionUnknown);

        var asked = Make(share, kind, session, anchor, request, nowUs);
        var refusal = request.Type == ActionTypes.Undo
            ? Undoing.RefusalOf(found.Actions, asked, nowUs)
            : kind.RefusalOf(session, asked, nowUs);
        if (refusal is not null)
            return new ActionAnswer(session, refusal);

        action = asked;
        return new ActionAnswer(session, null);
    }

    /// <summary>The block that holds an action.</summary>
    public static BlockHeader Write(BlockWriter to, Project project, StaffAction action) =>
        to.Make(
            project.Id,
            checked((int)action.Number),
            action.AcceptedUs,
            JsonSerializer.SerializeToUtf8Bytes(action));

    /// <summary>The action that a block holds.</summary>
    /// <exception cref="InvalidDataException">It holds none.</exception>
    public static StaffAction Read(EventBlock block)
    {
        try
        {
            return JsonSerializer.Deserialize<StaffAction>(block.Body)
                ?? throw new InvalidDataException("A block holds no action.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("A block holds no action.", e);
        }
    }

    private static StaffAction Make(
        ProjectShare share,
        SessionKind kind,
        Session session,
        Event anchor,
        ActionRequest request,
        long nowUs) => new()
        {
            Id = "a_" + Guid.CreateVersion7(Micros.ToTime(nowUs)).ToString("N"),
            Kind = kind.Name,
            AnchorEventId = anchor.Id,
            AnchorKey = (kind.ByPerson ? anchor.Stream : kind.KeyOf(anchor)) ?? session.Key,
            Type = request.Type,
            To = request.To,
            Text = request.Text,
            Actor = request.Actor,
            AcceptedUs = nowUs,
            Number = share.Actions + 1,
        };
}
