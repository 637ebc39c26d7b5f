using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sojourn.Server.Api;
using Sojourn.Storage;

namespace Sojourn.Server.Pages.Lists;

/// <summary>The questions a project's people keep, and the columns each of them likes.</summary>
internal sealed class SavedViews(IStore store)
{
    /// <summary>Most views of one project.</summary>
    public const int ViewsMax = 200;

    /// <summary>Longest name, in characters.</summary>
    public const int NameCharsMax = 60;

    private const string Views = "views";
    private const string Columns = "columns";

    /// <summary>The views of one list, by name.</summary>
    public IReadOnlyList<SavedView> Of(Project project, string lens) =>
    [
        .. store.ListDocuments(project.Id, Views)
            .Select(Read)
            .Where(one => one.Lens == lens)
            .OrderBy(one => one.Name, StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>A view by id, or null.</summary>
    public SavedView? Find(Project project, string id) =>
        IdOf(id) is { } plain
            && store.FindDocument(new(project.Id, Views, plain)) is { } found
            ? Read(found)
            : null;

    /// <summary>Keeps a view for everybody; null when there are too many.</summary>
    public async Task<SavedView?> AddAsync(
        Project project, string name, string lens,
        IEnumerable<KeyValuePair<string, string>> parameters, Caller by,
        CancellationToken cancel)
    {
        if (store.ListDocuments(project.Id, Views).Count >= ViewsMax)
            return null;

        var view = new SavedView(
            Guid.CreateVersion7().ToString("N"), name, lens, [.. parameters], by.Actor);
        var answer = await store.PutDocumentAsync(
            new(project.Id, Views, view.Id), 0, JsonSerializer.Serialize(view), cancel);
        return answer.Refusal is null ? view : null;
    }

    /// <summary>Deletes a view; the same view deleted twice is no mistake.</summary>
    public async Task DeleteAsync(Project project, string id, CancellationToken cancel)
    {
        if (IdOf(id) is not { } plain
            || store.FindDocument(new(project.Id, Views, plain)) is not { } found)
        {
            return;
        }

        await store.DeleteDocumentAsync(found.Place, found.Version, cancel);
    }

    /// <summary>The columns somebody chose for a list; empty = they never did.</summary>
    public HashSet<string> ColumnsOf(Project project, Caller who, string lens) =>
        store.FindDocument(ColumnsPlace(project, who, lens)) is { } found
            ? JsonSerializer.Deserialize<HashSet<string>>(found.Json) ?? []
            : [];

    /// <summary>Keeps somebody's columns of a list; none = back to those it comes with.</summary>
    public async Task ChooseColumnsAsync(
        Project project, Caller who, string lens, IReadOnlyList<string> columns,
        CancellationToken cancel)
    {
        var place = ColumnsPlace(project, who, lens);
        var version = store.FindDocument(place)?.Version ?? 0;
        // The last click wins; a click that lost the race is repeated by nobody.
        await store.PutDocumentAsync(
            place, version, JsonSerializer.Serialize(columns), cancel);
    }

    private static SavedView Read(Document document) =>
        JsonSerializer.Deserialize<SavedView>(document.Json)
        ?? throw new InvalidOperationException($"{document.Place} is no view.");

    private static string? IdOf(string text) =>
        Guid.TryParseExact(text, "N", out var id) ? id.ToString("N") : null;

    // Who it is may be written in any script; names of documents may not.
    private static DocumentPlace ColumnsPlace(Project project, Caller who, string lens) =>
        new(project.Id, Columns, lens + "." + Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(who.Actor)))[..32]);
}
