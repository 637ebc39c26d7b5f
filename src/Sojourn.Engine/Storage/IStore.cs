using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Sessions;

namespace Sojourn.Storage;

/// <summary>
/// Keeps events, actions, projects and documents durably, and answers questions about sessions.
/// Every promise here is tested on each implementation by one contract suite.
/// </summary>
public interface IStore : IAsyncDisposable
{
    /// <summary>All projects, by name. Held in memory; cheap.</summary>
    IReadOnlyList<Project> Projects { get; }

    /// <summary>
    /// The key of a token, or null when unknown or revoked. Held in memory; cheap.
    /// </summary>
    ProjectKey? FindKey(string token);

    /// <summary>Creates a project with one key of each kind.</summary>
    /// <exception cref="ArgumentException">A project of that name exists.</exception>
    Task<NewProject> CreateProjectAsync(
        string name, ProjectSettings settings, CancellationToken cancel);

    /// <summary>A project's keys, oldest first, with those revoked. In memory; cheap.</summary>
    IReadOnlyList<ListedKey> KeysOf(string project);

    /// <summary>
    /// Makes a key; null when the project has <see cref="ListedKey.ProjectKeysMax"/> already.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such project.</exception>
    Task<NewKey?> CreateKeyAsync(string project, KeyKind kind, CancellationToken cancel);

    /// <summary>
    /// Takes a key out of force, for good: on return it opens nothing. Null when the project has
    /// no such key; one revoked before stays as it was.
    /// </summary>
    Task<ListedKey?> RevokeKeyAsync(string project, string id, CancellationToken cancel);

    /// <summary>The document kept there, or null. In memory; cheap.</summary>
    Document? FindDocument(DocumentPlace place);

    /// <summary>A collection's documents, by id. In memory; cheap.</summary>
    /// <param name="project">The project; null = the server's own.</param>
    /// <param name="collection">The collection.</param>
    IReadOnlyList<Document> ListDocuments(string? project, string collection);

    /// <summary>
    /// Stores a document when it is still of the version expected. One of
    /// <see cref="RuleSets"/> is in force on return: all sessions follow it.
    /// </summary>
    /// <param name="place">Where.</param>
    /// <param name="expected">The version the asker saw; 0 = there must be none yet.</param>
    /// <param name="json">The text.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ArgumentException">
    /// There is no such project, or no document may have such a name.
    /// </exception>
    Task<DocumentAnswer> PutDocumentAsync(
        DocumentPlace place, int expected, string json, CancellationToken cancel);

    /// <summary>Deletes a document when it is still of the version expected.</summary>
    Task<DocumentAnswer> DeleteDocumentAsync(
        DocumentPlace place, int expected, CancellationToken cancel);

    /// <summary>
    /// Stores several senders' events in one transaction. On return all stored events are on
    /// disk and every session they change is served. When it throws, none is stored.
    /// </summary>
    /// <returns>For each batch, one outcome for each event, in order.</returns>
    Task<IReadOnlyList<IReadOnlyList<AppendOutcome>>> AppendAsync(
        IReadOnlyList<EventBatch> batches, CancellationToken cancel);

    /// <summary>Judges a staff action and, when it is allowed, stores it durably.</summary>
    Task<ActionAnswer> ActAsync(ActionRequest request, CancellationToken cancel);

    /// <summary>A page of sessions with total and facets.</summary>
    Task<SessionPage> QueryAsync(string project, SessionQuery query, CancellationToken cancel);

    /// <summary>Sessions counted by what they have in common.</summary>
    /// <exception cref="ArgumentException">A field is none to group by or no number.</exception>
    Task<SessionGroups> GroupAsync(string project, GroupQuery query, CancellationToken cancel);

    /// <summary>
    /// Every session that matches, in the query's order, as of one instant; limit, offset and
    /// position are ignored.
    /// </summary>
    IAsyncEnumerable<Session> ExportAsync(
        string project, SessionQuery query, CancellationToken cancel);

    /// <summary>
    /// The session that now holds the one named, with its detail, or null when there never was
    /// one. Its <see cref="Session.Id"/> differs from the one asked for when it moved.
    /// </summary>
    Task<Session?> FindSessionAsync(string project, SessionId id, CancellationToken cancel);

    /// <summary>A session's events in order, its accepted actions, or null when unknown.</summary>
    Task<Timeline?> TimelineAsync(
        string project, SessionId id, string? cursor, int limit, CancellationToken cancel);

    /// <summary>
    /// Who is behind a user's or device's id; null when no event names it, or names it only as
    /// a user that a device claims to be.
    /// </summary>
    Task<PersonRecord?> FindPersonAsync(string project, string id, CancellationToken cancel);

    /// <summary>
    /// What an alias would do to the visits of those it joins; null when they have more than
    /// <see cref="Sessions.Live.AliasTrial.EventsMax"/> events. Writes nothing.
    /// </summary>
    /// <param name="project">The project.</param>
    /// <param name="alias">The event as it would be stored, verified or of staff.</param>
    /// <param name="cancel">Gives up.</param>
    Task<AliasPreview?> PreviewAliasAsync(string project, Event alias, CancellationToken cancel);

    /// <summary>Single events, newest first.</summary>
    Task<EventPage> EventsAsync(string project, EventQuery query, CancellationToken cancel);

    /// <summary>Every event of a project, in order of acceptance.</summary>
    IAsyncEnumerable<Event> AllEventsAsync(string project, CancellationToken cancel);

    /// <summary>What decides about a project's sessions now, its saved rules included.</summary>
    ProjectSettings SettingsOf(string project);

    /// <summary>
    /// Every session a list would have under other settings, suppressed and archived ones
    /// included, in order of start. Writes nothing and changes nothing.
    /// </summary>
    IAsyncEnumerable<Session> ReplayAsync(
        string project, ProjectSettings settings, Lens lens, CancellationToken cancel);

    /// <summary>What another timeout would do to visits. Writes nothing.</summary>
    Task<TimeoutPreview> PreviewTimeoutAsync(
        string project, TimeSpan timeout, CancellationToken cancel);

    /// <summary>
    /// The sessions that change from now on, commit by commit, until cancelled. A reader that
    /// falls behind misses changes and is told so by a gap in the sequence.
    /// </summary>
    IAsyncEnumerable<SessionChanges> ChangesAsync(string project, CancellationToken cancel);

    /// <summary>Rebuilds everything from the events and names every difference.</summary>
    IAsyncEnumerable<string> VerifyAsync(CancellationToken cancel);

    /// <summary>Messages on their way to people.</summary>
    IOutbox Outbox { get; }

    /// <summary>Why nothing should be sent here now; empty when all is well.</summary>
    IReadOnlyList<string> Troubles { get; }
}

/// <summary>A store, site or app; nothing crosses projects.</summary>
/// <param name="Id">Opaque, unique.</param>
/// <param name="Name">As its people call it, unique.</param>
/// <param name="Settings">What it decided about its sessions.</param>
public sealed record Project(string Id, string Name, ProjectSettings Settings);

/// <summary>What a key may do.</summary>
public enum KeyKind
{
    /// <summary>Public: may add claimed events and nothing else.</summary>
    Write,

    /// <summary>Secret: may add verified events, read and act.</summary>
    Secret,
}

/// <summary>A key that is in force.</summary>
/// <param name="Project">The project it belongs to.</param>
/// <param name="Kind">What it may do.</param>
public sealed record ProjectKey(Project Project, KeyKind Kind);

/// <summary>
/// A project just made. The secret key is shown this once; only its hash is kept.
/// </summary>
public sealed record NewProject(Project Project, string WriteKey, string SecretKey);

/// <summary>Events of one sender for one project.</summary>
public sealed record EventBatch(string Project, IReadOnlyList<Event> Events);

/// <summary>What became of an event.</summary>
public enum AppendOutcome
{
    /// <summary>It is on disk.</summary>
    Stored,

    /// <summary>The same event was there already; nothing changed.</summary>
    Duplicate,

    /// <summary>Another event with this id was there already and stays.</summary>
    Conflict,
}

/// <summary>A staff action as asked for.</summary>
/// <param name="Project">The project.</param>
/// <param name="Session">The session as the asker knows it.</param>
/// <param name="Version">The version the asker saw; null = whatever it is.</param>
/// <param name="Type">What to do.</param>
/// <param name="To">The status to move to, or null.</param>
/// <param name="Text">Words that belong to it, or null.</param>
/// <param name="Actor">Who asks.</param>
public sealed record ActionRequest(
    string Project,
    SessionId Session,
    int? Version,
    string Type,
    string? To,
    string? Text,
    string Actor);

/// <summary>How a staff action was answered.</summary>
/// <param name="Session">The session after it, or as it is when refused; null = unknown.</param>
/// <param name="Refusal">
/// Null when accepted; else <c>session_unknown</c>, <c>version_stale</c>,
/// <c>transition_not_allowed</c>, <c>action_invalid</c>, <c>undo_not_allowed</c> or
/// <c>action_unknown</c>.
/// </param>
/// <param name="Latest">
/// The action that was accepted; with <c>version_stale</c>, the one that came first.
/// </param>
public sealed record ActionAnswer(Session? Session, string? Refusal, StaffAction? Latest = null);

/// <summary>A session's story.</summary>
/// <param name="Session">The session, possibly another than asked for when it moved.</param>
/// <param name="Events">A page of its events, in order.</param>
/// <param name="Actions">All its accepted actions, in order of acceptance.</param>
public sealed record Timeline(
    Session Session, EventPage Events, IReadOnlyList<StaffAction> Actions);

/// <summary>What another timeout would do.</summary>
/// <param name="SessionsBefore">Visits now.</param>
/// <param name="SessionsAfter">Visits under the other timeout.</param>
/// <param name="Split">Places where a visit would fall apart.</param>
/// <param name="Merged">Places where two visits would become one.</param>
public sealed record TimeoutPreview(
    long SessionsBefore, long SessionsAfter, long Split, long Merged);

/// <summary>What one commit changed.</summary>
/// <param name="Sequence">The commit, counted from 1.</param>
/// <param name="Changed">Sessions that are new or different.</param>
/// <param name="Removed">Sessions that are no more, because others hold their events.</param>
public sealed record SessionChanges(
    long Sequence, IReadOnlyList<Session> Changed, IReadOnlyList<SessionId> Removed);
