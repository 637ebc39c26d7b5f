using System.Collections.Immutable;
using System.Text;

namespace Sojourn.Storage;

/// <summary>All documents at one instant. A change makes another book.</summary>
internal sealed class DocumentBook
{
    private readonly ImmutableDictionary<
        (string? Project, string Collection), ImmutableSortedDictionary<string, Document>> _all;

    private DocumentBook(
        ImmutableDictionary<
            (string? Project, string Collection),
            ImmutableSortedDictionary<string, Document>> all) => _all = all;

    /// <summary>The book without documents.</summary>
    public static DocumentBook Empty { get; } = new(
        ImmutableDictionary<
            (string? Project, string Collection),
            ImmutableSortedDictionary<string, Document>>.Empty);

    public static DocumentBook Of(IEnumerable<Document> documents) =>
        documents.Aggregate(Empty, (book, document) => book.With(document));

    /// <summary>The document kept there, or null.</summary>
    public Document? Find(DocumentPlace place) =>
        CollectionOf(place).GetValueOrDefault(place.Id);

    /// <summary>A collection's documents, by id.</summary>
    public IReadOnlyList<Document> List(string? project, string collection) =>
        _all.TryGetValue((project, collection), out var found) ? [.. found.Values] : [];

    public DocumentBook With(Document document) => new(_all.SetItem(
        (document.Place.Project, document.Place.Collection),
        CollectionOf(document.Place).SetItem(document.Place.Id, document)));

    public DocumentBook Without(DocumentPlace place) => new(_all.SetItem(
        (place.Project, place.Collection), CollectionOf(place).Remove(place.Id)));

    /// <summary>Why a text cannot be put there, or null when it can.</summary>
    /// <param name="place">Where.</param>
    /// <param name="expected">The version the asker saw; 0 = none.</param>
    /// <param name="json">The text; null = delete what is there.</param>
    public DocumentRefusal? RefusalOf(DocumentPlace place, int expected, string? json)
    {
        if ((Find(place)?.Version ?? 0) != expected || (json is null && expected == 0))
            return DocumentRefusal.Stale;
        if (json is null)
            return null;
        if (IsTooLarge(json))
            return DocumentRefusal.TooLarge;

        return expected == 0 && CollectionOf(place).Count >= Document.CollectionMax
            ? DocumentRefusal.TooMany
            : null;
    }

    public static bool IsTooLarge(string json) =>
        Encoding.UTF8.GetByteCount(json) > Document.BytesMax;

    private ImmutableSortedDictionary<string, Document> CollectionOf(DocumentPlace place) =>
        _all.TryGetValue((place.Project, place.Collection), out var found)
            ? found
            : ImmutableSortedDictionary.Create<string, Document>(StringComparer.Ordinal);
}
