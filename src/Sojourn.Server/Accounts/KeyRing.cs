using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Sojourn.Storage;

namespace Sojourn.Server.Accounts;

/// <summary>
/// Keeps the keys that pages' tokens are signed with in the store, and so in its backups and on
/// every server of one database. Without them people load a page again; nothing else is lost.
/// </summary>
internal sealed class KeyRing(IStore store) : IXmlRepository
{
    private const string Collection = "key-ring";

    public IReadOnlyCollection<XElement> GetAllElements() =>
    [
        .. from document in store.ListDocuments(null, Collection)
           select XElement.Parse(System.Text.Json.JsonSerializer.Deserialize<string>(
               document.Json)!), // Put by the method below.
    ];

    public void StoreElement(XElement element, string friendlyName)
    {
        // The framework asks for it without waiting, at the start and once in three months.
        store.PutDocumentAsync(
                new DocumentPlace(null, Collection, friendlyName),
                expected: 0,
                System.Text.Json.JsonSerializer.Serialize(
                    element.ToString(SaveOptions.DisableFormatting)),
                CancellationToken.None)
            .GetAwaiter().GetResult();
    }
}
