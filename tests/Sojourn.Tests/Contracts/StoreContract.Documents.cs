using Sojourn.Storage;
using Xunit;

namespace Sojourn.Tests.Contracts;

/// <summary>Small documents are stored by whoever saw their latest version.</summary>
public abstract partial class StoreContract
{
    // Tests share a database, so each has documents of its own.
    private readonly string _collection = $"c{Guid.NewGuid():N}";

    [Fact]
    [Trait("Invariant", "I1")]
    public async Task A_document_is_kept_and_outlives_a_restart()
    {
        var (mine, servers) = (PlaceOf("a"), new DocumentPlace(null, _collection, "a"));

        const string json = """{"of":"project","name":"Élan ✓"}""";

        var created = await PutAsync(mine, 0, json);
        await PutAsync(servers, 0, """{"of":"server"}""");
        await RestartAsync();

        Assert.Equal(new Document(mine, 1, json), created.Document);
        Assert.Null(created.Refusal);
        Assert.Equal(created.Document, Store.FindDocument(mine));
        Assert.Equal(new Document(servers, 1, """{"of":"server"}"""), Store.FindDocument(servers));
        Assert.Null(Store.FindDocument(PlaceOf("b")));
        Assert.Empty(await Store.VerifyAsync(Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Whoever_saw_the_latest_version_may_change_a_document()
    {
        var place = PlaceOf("a");
        await PutAsync(place, 0, "1");

        var second = await PutAsync(place, 1, "2");
        var stale = await PutAsync(place, 1, "3");
        var early = await PutAsync(place, 3, "3");
        var again = await PutAsync(place, 0, "3");

        Assert.Equal(new Document(place, 2, "2"), second.Document);
        foreach (var answer in new[] { stale, early, again })
            Assert.Equal(new DocumentAnswer(second.Document, DocumentRefusal.Stale), answer);
        Assert.Equal(second.Document, Store.FindDocument(place));
    }

    [Fact]
    public async Task Of_many_who_make_a_document_at_once_one_does()
    {
        var place = PlaceOf("a");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(i => Task.Run(() => PutAsync(place, 0, $"{i}"), Cancel)));

        var made = Assert.Single(answers, answer => answer.Refusal is null);
        Assert.All(
            answers.Where(answer => answer.Refusal is not null),
            answer => Assert.Equal(DocumentRefusal.Stale, answer.Refusal));
        Assert.Equal(made.Document, Store.FindDocument(place));
    }

    [Fact]
    public async Task Whoever_saw_the_latest_version_may_delete_a_document()
    {
        var place = PlaceOf("a");
        await PutAsync(place, 0, "1");
        var second = await PutAsync(place, 1, "2");

        var stale = await Store.DeleteDocumentAsync(place, 1, Cancel);
        var deleted = await Store.DeleteDocumentAsync(place, 2, Cancel);
        var twice = await Store.DeleteDocumentAsync(place, 2, Cancel);
        var never = await Store.DeleteDocumentAsync(PlaceOf("b"), 0, Cancel);

        Assert.Equal(new DocumentAnswer(second.Document, DocumentRefusal.Stale), stale);
        Assert.Equal(new DocumentAnswer(null, null), deleted);
        Assert.Equal(DocumentRefusal.Stale, twice.Refusal);
        Assert.Equal(DocumentRefusal.Stale, never.Refusal);
        Assert.Null(Store.FindDocument(place));
        await RestartAsync();
        Assert.Null(Store.FindDocument(place));
        Assert.Equal(1, (await PutAsync(place, 0, "new")).Document?.Version);
    }

    [Fact]
    [Trait("Invariant", "I8")]
    public async Task A_collection_is_listed_by_id_and_belongs_to_one_project()
    {
        foreach (var id in new[] { "b", "A", "a" })
            await PutAsync(PlaceOf(id), 0, "1");
        await PutAsync(new DocumentPlace(null, _collection, "server"), 0, "1");
        await PutAsync(new DocumentPlace(await NewProjectAsync(), _collection, "other"), 0, "1");

        Assert.Equal(["A", "a", "b"], IdsOf(Project));
        Assert.Equal(["server"], IdsOf(null));
        Assert.Empty(Store.ListDocuments(Project, "none"));
    }

    [Fact]
    [Trait("Invariant", "I10")]
    public async Task A_document_has_at_most_256_KiB()
    {
        var most = new string('x', Document.BytesMax - 4) + "é"; // Two bytes more than letters.

        var large = await PutAsync(PlaceOf("a"), 0, $"\"{most}x\"");
        var fits = await PutAsync(PlaceOf("a"), 0, $"\"{most}\"");

        Assert.Equal(new DocumentAnswer(null, DocumentRefusal.TooLarge), large);
        Assert.Equal(most.Length + 2, fits.Document?.Json.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("é")]
    [InlineData("a\nb")]
    public async Task A_document_has_a_plain_name(string id)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => PutAsync(PlaceOf(id), 0, "1"));
    }

    [Fact]
    public async Task No_document_is_kept_for_a_project_that_is_not_there()
    {
        await Assert.ThrowsAsync<ArgumentException>(
            () => PutAsync(new DocumentPlace("p_none", _collection, "a"), 0, "1"));
    }

    private DocumentPlace PlaceOf(string id) => new(Project, _collection, id);

    private IEnumerable<string> IdsOf(string? project) =>
        Store.ListDocuments(project, _collection).Select(document => document.Place.Id);

    private Task<DocumentAnswer> PutAsync(DocumentPlace place, int expected, string json) =>
        Store.PutDocumentAsync(place, expected, json, Cancel);
}
