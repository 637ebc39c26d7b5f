using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Tests.Ingest;

/// <summary>Commits when a test says so, or fails; knows nothing else.</summary>
internal sealed class SlowStore : IStore
{
    public SemaphoreSlim Go { get; } = new(0);

    public SemaphoreSlim Entered { get; } = new(0);

    public Queue<Exception> Failures { get; } = new();

    /// <summary>How many batches each commit had.</summary>
    public List<int> Groups { get; } = [];

    public IReadOnlyList<Project> Projects => [];

    public IReadOnlyList<string> Troubles => [];

    public IOutbox Outbox => throw new NotSupportedException();

    public async Task<IReadOnlyList<IReadOnlyList<AppendOutcome>>> AppendAsync(
        IReadOnlyList<EventBatch> batches, CancellationToken cancel)
    {
        Groups.Add(batches.Count);
        Entered.Release();
        await Go.WaitAsync(cancel);
        return Failures.TryDequeue(out var failure)
            ? throw failure
            : [.. batches.Select(StoredAll)];
    }

    public ProjectKey? FindKey(string token) => throw new NotSupportedException();

    public IReadOnlyList<ListedKey> KeysOf(string project) => throw new NotSupportedException();

    public Task<NewKey?> CreateKeyAsync(
        string project, KeyKind kind, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<ListedKey?> RevokeKeyAsync(
        string project, string id, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Document? FindDocument(DocumentPlace place) => throw new NotSupportedException();

    public IReadOnlyList<Document> ListDocuments(string? project, string collection) =>
        throw new NotSupportedException();

    public Task<DocumentAnswer> PutDocumentAsync(
        DocumentPlace place, int expected, string json, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<DocumentAnswer> DeleteDocumentAsync(
        DocumentPlace place, int expected, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<NewProject> CreateProjectAsync(
        string name, ProjectSettings settings, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<ActionAnswer> ActAsync(ActionRequest request, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<SessionPage> QueryAsync(
        string project, SessionQuery query, CancellationToken cancel) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<Session> ExportAsync(
        string project, SessionQuery query, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<Session?> FindSessionAsync(
        string project, SessionId id, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<Timeline?> TimelineAsync(
        string project, SessionId id, string? cursor, int limit, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<PersonRecord?> FindPersonAsync(
        string project, string id, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<AliasPreview?> PreviewAliasAsync(
        string project, Event alias, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<EventPage> EventsAsync(
        string project, EventQuery query, CancellationToken cancel) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<Event> AllEventsAsync(string project, CancellationToken cancel) =>
        throw new NotSupportedException();

    public ProjectSettings SettingsOf(string project) => throw new NotSupportedException();

    public IAsyncEnumerable<Session> ReplayAsync(
        string project, ProjectSettings settings, Lens lens, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<SessionGroups> GroupAsync(
        string project, GroupQuery query, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<TimeoutPreview> PreviewTimeoutAsync(
        string project, TimeSpan timeout, CancellationToken cancel) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<SessionChanges> ChangesAsync(
        string project, CancellationToken cancel) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<string> VerifyAsync(CancellationToken cancel) =>
        throw new NotSupportedException();

    private static AppendOutcome[] StoredAll(EventBatch batch) =>
        [.. batch.Events.Select(_ => AppendOutcome.Stored)];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
