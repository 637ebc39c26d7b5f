using Sojourn.Events;

namespace Sojourn.Storage.Postgres;

/// <summary>Keys and documents.</summary>
public sealed partial class PostgresStore
{
    private readonly SemaphoreSlim _readingDocuments = new(1);
    private volatile DocumentBook _documents = DocumentBook.Empty;

    /// <inheritdoc/>
    public ProjectKey? FindKey(string token) => _projects.Keys.Find(token);

    /// <inheritdoc/>
    public IReadOnlyList<ListedKey> KeysOf(string project) => _projects.Keys.Of(project);

    /// <inheritdoc/>
    /// <exception cref="StoreException">The database does not answer.</exception>
    public async Task<NewKey?> CreateKeyAsync(
        string project, KeyKind kind, CancellationToken cancel)
    {
        var owner = _projects.Get(project);
        if (_projects.Keys.Of(project).Count >= ListedKey.ProjectKeysMax)
            return null;

        var (key, token) = StoredKey.New(owner, kind, _clock.NowUs());
        await _database.ChangeAsync(
            async work =>
            {
                await Changes.AnnounceProjectAsync(work, cancel);
                return await ProjectRows.AddAsync(work, key, cancel);
            },
            cancel);
        await ReadProjectsAsync(cancel);
        return new NewKey(key.Listed, token);
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">The database does not answer.</exception>
    public async Task<ListedKey?> RevokeKeyAsync(
        string project, string id, CancellationToken cancel)
    {
        if (_projects.Keys.Find(project, id) is not { } key)
            return null;

        await _database.ChangeAsync(
            async work =>
            {
                await Changes.AnnounceProjectAsync(work, cancel);
                return await ProjectRows.RevokeAsync(work, key, _clock.NowUs(), cancel);
            },
            cancel);
        await ReadProjectsAsync(cancel);
        return _projects.Keys.Find(project, id)?.Listed;
    }

    /// <inheritdoc/>
    public Document? FindDocument(DocumentPlace place) => _documents.Find(place);

    /// <inheritdoc/>
    public IReadOnlyList<Document> ListDocuments(string? project, string collection) =>
        _documents.List(project, collection);

    /// <inheritdoc/>
    /// <exception cref="StoreException">The database does not answer.</exception>
    public Task<DocumentAnswer> PutDocumentAsync(
        DocumentPlace place, int expected, string json, CancellationToken cancel) =>
        ChangeAsync(place, expected, json, cancel);

    /// <inheritdoc/>
    /// <exception cref="StoreException">The database does not answer.</exception>
    public Task<DocumentAnswer> DeleteDocumentAsync(
        DocumentPlace place, int expected, CancellationToken cancel) =>
        ChangeAsync(place, expected, null, cancel);

    private async Task<DocumentAnswer> ChangeAsync(
        DocumentPlace place, int expected, string? json, CancellationToken cancel)
    {
        place.ThrowIfUnusable();
        var owner = place.Project is { } project ? _projects.Get(project) : null;
        var refusal = await _database.ChangeAsync(
            async work =>
            {
                await Changes.AnnounceDocumentAsync(work, place, cancel);
                var refusal = await DocumentRows.ChangeAsync(work, place, expected, json, cancel);
                if (refusal is null && RuleSets.Holds(place))
                    await ApplyRulesAsync(work, owner!, cancel);
                return refusal;
            },
            cancel);

        // Another server may have changed it since, so memory follows the table, not the wish.
        await ReadDocumentsAsync(place, cancel);
        return refusal is null
            ? new DocumentAnswer(json is null ? null : new(place, expected + 1, json), null)
            : new DocumentAnswer(_documents.Find(place), refusal);
    }

    // One at a time: a read that began earlier must not end later and undo a newer one.
    private async Task ReadDocumentsAsync(DocumentPlace? changed, CancellationToken cancel)
    {
        await _readingDocuments.WaitAsync(cancel);
        try
        {
            if (changed is null)
            {
                _documents = await _database.ReadAsync(
                    work => DocumentRows.ReadAsync(work, cancel), cancel);
                return;
            }

            var found = await _database.ReadAsync(
                work => DocumentRows.FindAsync(work, changed, cancel), cancel);
            _documents = found is null ? _documents.Without(changed) : _documents.With(found);
        }
        finally
        {
            _readingDocuments.Release();
        }
    }
}
