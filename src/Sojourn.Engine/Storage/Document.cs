using System.Security.Cryptography;
using System.Text;

namespace Sojourn.Storage;

/// <summary>Where a document is kept. Names are 1 to 128 printable ASCII characters.</summary>
/// <param name="Project">The project it belongs to; null = it is the server's own.</param>
/// <param name="Collection">What sort of thing it is, in the plural.</param>
/// <param name="Id">Unique in its collection.</param>
public sealed record DocumentPlace(string? Project, string Collection, string Id)
{
    /// <summary>Characters of a collection's name or an id.</summary>
    public const int NameCharsMax = 128;

    /// <inheritdoc/>
    public override string ToString() => $"{Project ?? "server"}/{Collection}/{Id}";

    /// <summary>Refuses names that could be mistaken for others.</summary>
    /// <exception cref="ArgumentException">A name is empty, too long or not plain.</exception>
    internal void ThrowIfUnusable()
    {
        foreach (var name in new[] { Collection, Id })
        {
            if (name.Length is 0 or > NameCharsMax || name.Any(c => c is <= ' ' or > '~'))
                throw new ArgumentException($"A document cannot be kept at {this}.");
        }
    }
}

/// <summary>A small JSON text that belongs to a project or to the server.</summary>
/// <param name="Place">Where it is kept.</param>
/// <param name="Version">
/// How often it was stored, counted from 1. One that was deleted begins at 1 again.
/// </param>
/// <param name="Json">The text, as it was put.</param>
public sealed record Document(DocumentPlace Place, int Version, string Json)
{
    /// <summary>Bytes of the text in UTF-8.</summary>
    public const int BytesMax = 256 * 1024;

    /// <summary>Documents of one collection of one project, or of the server.</summary>
    public const int CollectionMax = 10_000;

    /// <summary>Tells whether what is read is what was stored.</summary>
    internal byte[] Hash() => SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{Place.Project}\0{Place.Collection}\0{Place.Id}\0{Version}\0{Json}"));
}

/// <summary>How a change of a document was answered.</summary>
/// <param name="Document">
/// The document after it, or as it is when refused; null = there is none.
/// </param>
/// <param name="Refusal">Null when it was changed, durably.</param>
public sealed record DocumentAnswer(Document? Document, DocumentRefusal? Refusal);

/// <summary>Why a document was not changed.</summary>
public enum DocumentRefusal
{
    /// <summary>It is not of the version that was expected: somebody else was faster.</summary>
    Stale,

    /// <summary>The text has more than <see cref="Document.BytesMax"/> bytes.</summary>
    TooLarge,

    /// <summary>Its collection holds <see cref="Document.CollectionMax"/> already.</summary>
    TooMany,
}
