using System.Text.Json;
using Sojourn.Events;
using Sojourn.Storage;

namespace Sojourn.Server.Accounts;

/// <summary>
/// Links by which somebody without a password chooses one. Used once, soon, and kept as hashes.
/// </summary>
internal sealed class SignInLinks(IStore store, Staff staff, TimeProvider clock)
{
    /// <summary>How long a link can be used.</summary>
    public static readonly TimeSpan LifeMax = TimeSpan.FromMinutes(30);

    private const string Collection = "sign-in-links";

    /// <summary>Makes a link; those made for the account before open nothing any more.</summary>
    /// <returns>Its token, which is kept nowhere.</returns>
    public async Task<string> MakeAsync(Account account, CancellationToken cancel)
    {
        foreach (var document in store.ListDocuments(null, Collection))
        {
            var link = Read(document);
            if (link.Account == account.Id || !IsLive(link))
                await store.DeleteDocumentAsync(document.Place, document.Version, cancel);
        }

        var token = SecretToken.New();
        await store.PutDocumentAsync(
            PlaceOf(token),
            expected: 0,
            JsonSerializer.Serialize(new SignInLink(account.Id, clock.NowUs()), Account.Json),
            cancel);
        return token;
    }

    /// <summary>Whose link it is; null when it opens nothing (any more).</summary>
    public Account? Find(string token) =>
        store.FindDocument(PlaceOf(token)) is { } document && Read(document) is { } link
        && IsLive(link)
            ? staff.Find(link.Account)
            : null;

    /// <summary>Uses a link up. Of many who try at once, one does.</summary>
    public async Task<bool> UseAsync(string token, CancellationToken cancel) =>
        store.FindDocument(PlaceOf(token)) is { } document
        && IsLive(Read(document))
        && (await store.DeleteDocumentAsync(document.Place, document.Version, cancel))
            .Refusal is null;

    private bool IsLive(SignInLink link) =>
        clock.NowUs() - link.CreatedUs < Micros.From(LifeMax);

    private static DocumentPlace PlaceOf(string token) =>
        new(null, Collection, SecretToken.HashOf(token));

    private static SignInLink Read(Document document) =>
        JsonSerializer.Deserialize<SignInLink>(document.Json, Account.Json)
        ?? throw new InvalidDataException($"{document.Place} is no link.");
}

/// <summary>A link as it is kept, under the hash of its token.</summary>
/// <param name="Account">The account's id.</param>
/// <param name="CreatedUs">When it was made, microseconds UTC.</param>
internal sealed record SignInLink(string Account, long CreatedUs);

/// <summary>A link that signs in for as long as one server runs, with made-up data only.</summary>
/// <param name="Token">Its token.</param>
/// <param name="Account">The account's id.</param>
internal sealed record StandingLink(string Token, string Account);
