namespace Sojourn.Storage.Sqlite;

/// <summary>Keys and documents.</summary>
public sealed partial class EmbeddedStore
{
    /// <inheritdoc/>
    public ProjectKey? FindKey(string token) => _projects.FindKey(token);

    /// <inheritdoc/>
    public IReadOnlyList<ListedKey> KeysOf(string project) => _projects.KeysOf(project);

    /// <inheritdoc/>
    /// <exception cref="StoreException">The disk is full or failed; there is no key.</exception>
    public async Task<NewKey?> CreateKeyAsync(
        string project, KeyKind kind, CancellationToken cancel)
    {
        using var turn = await _turns.TakeAsync(cancel);
        return _projects.CreateKey(_committer, ShareOf(project).Project, kind);
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">
    /// The disk is full or failed; the key is in force.
    /// </exception>
    public async Task<ListedKey?> RevokeKeyAsync(
        string project, string id, CancellationToken cancel)
    {
        using var turn = await _turns.TakeAsync(cancel);
        return _projects.Revoke(_committer, project, id);
    }

    /// <inheritdoc/>
    public Document? FindDocument(DocumentPlace place) => _documents.Book.Find(place);

    /// <inheritdoc/>
    public IReadOnlyList<Document> ListDocuments(string? project, string collection) =>
        _documents.Book.List(project, collection);

    /// <inheritdoc/>
    /// <exception cref="StoreException">The disk is full or failed; nothing changed.</exception>
    public Task<DocumentAnswer> PutDocumentAsync(
        DocumentPlace place, int expected, string json, CancellationToken cancel) =>
        ChangeAsync(place, expected, json, cancel);

    /// <inheritdoc/>
    /// <exception cref="StoreException">The disk is full or failed; nothing changed.</exception>
    public Task<DocumentAnswer> DeleteDocumentAsync(
        DocumentPlace place, int expected, CancellationToken cancel) =>
        ChangeAsync(place, expected, null, cancel);

    private async Task<DocumentAnswer> ChangeAsync(
        DocumentPlace place, int expected, string? json, CancellationToken cancel)
    {
        place.ThrowIfUnusable();
        if (place.Project is { } project)
            _ = ShareOf(project);
        DocumentAnswer answer;
        using (await _turns.TakeAsync(cancel))
            answer = _documents.Change(_committer, place, expected, json);
        if (answer.Refusal is null && RuleSets.Holds(place))
            await RefoldAsync(place.Project!);
        return answer;
    }
}
