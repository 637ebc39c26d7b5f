using System.Text.Json;
using Sojourn.Events;
using Sojourn.Storage;

namespace Sojourn.Server.Accounts;

/// <summary>
/// Who is signed in where. The browser holds a random token, the store its hash, so reading the
/// store opens nothing, and taking a sign-in away takes effect with the next request.
/// </summary>
internal sealed class SignIns(IStore store, Staff staff, TimeProvider clock)
{
    /// <summary>Not used for so long, it has ended.</summary>
    public static readonly TimeSpan IdleMax = TimeSpan.FromHours(24);

    /// <summary>It has ended after so long, used or not.</summary>
    public static readonly TimeSpan LifeMax = TimeSpan.FromDays(30);

    /// <summary>Use is noted at most so often, to spare the disk.</summary>
    public static readonly TimeSpan NotedEvery = TimeSpan.FromMinutes(10);

    /// <summary>Sign-ins of one account; the oldest gives way.</summary>
    public const int PerAccountMax = 20;

    private const string Collection = "sign-ins";

    /// <summary>Told when a sign-in was taken away, or may have been.</summary>
    public event Action? Ended;

    /// <summary>Signs in; what is returned goes into the cookie and is kept nowhere.</summary>
    public async Task<string> StartAsync(Account account, CancellationToken cancel)
    {
        await MakeRoomAsync(account.Id, cancel);
        var token = SecretToken.New();
        var now = clock.NowUs();
        await store.PutDocumentAsync(
            PlaceOf(SecretToken.HashOf(token)),
            expected: 0,
            TextOf(new SignIn(account.Id, now, now)),
            cancel);
        return token;
    }

    /// <summary>Who holds a token, as of now; null when it opens nothing (any more).</summary>
    public SignedIn? Find(string token) => FindId(SecretToken.HashOf(token));

    /// <summary>Who is behind a sign-in, as of now; null when it has ended.</summary>
    public SignedIn? FindId(string id) =>
        store.FindDocument(PlaceOf(id)) is { } document && Read(document) is { } signIn
        && IsLive(signIn) && staff.Find(signIn.Account) is { } account
            ? new SignedIn(id, account)
            : null;

    /// <summary>Notes that a sign-in is in use, when that is due.</summary>
    public async Task NoteUseAsync(string id, CancellationToken cancel)
    {
        var now = clock.NowUs();
        if (store.FindDocument(PlaceOf(id)) is not { } document
            || Read(document) is not { } signIn
            || now - signIn.SeenUs < Micros.From(NotedEvery))
        {
            return;
        }

        // Refused when it was ended or noted meanwhile: both are as good.
        await store.PutDocumentAsync(
            document.Place, document.Version, TextOf(signIn with { SeenUs = now }), cancel);
    }

    /// <summary>Ends one sign-in.</summary>
    public async Task EndAsync(string id, CancellationToken cancel)
    {
        await DeleteAsync(PlaceOf(id), cancel);
        Ended?.Invoke();
    }

    /// <summary>Ends all of an account, but the one named.</summary>
    public async Task EndAllAsync(string account, string? except, CancellationToken cancel)
    {
        foreach (var (document, signIn) in All())
        {
            if (signIn.Account == account && document.Place.Id != except)
                await DeleteAsync(document.Place, cancel);
        }

        Ended?.Invoke();
    }

    private async Task MakeRoomAsync(string account, CancellationToken cancel)
    {
        var mine = 0;
        foreach (var (document, signIn) in All().OrderByDescending(one => one.SignIn.SeenUs))
        {
            if (signIn.Account == account && ++mine >= PerAccountMax || !IsLive(signIn))
                await DeleteAsync(document.Place, cancel);
        }
    }

    // Use may be noted in between, which changes the version.
    private async Task DeleteAsync(DocumentPlace place, CancellationToken cancel)
    {
        while (store.FindDocument(place) is { } document)
            await store.DeleteDocumentAsync(place, document.Version, cancel);
    }

    private IEnumerable<(Document Document, SignIn SignIn)> All() =>
        from document in store.ListDocuments(null, Collection)
        select (document, Read(document));

    private bool IsLive(SignIn signIn)
    {
        // The last use may be that much later than what was noted.
        var now = clock.NowUs();
        return now - signIn.SeenUs < Micros.From(IdleMax + NotedEvery)
            && now - signIn.CreatedUs < Micros.From(LifeMax);
    }

    private static DocumentPlace PlaceOf(string id) => new(null, Collection, id);

    private static SignIn Read(Document document) =>
        JsonSerializer.Deserialize<SignIn>(document.Json, Account.Json)
        ?? throw new InvalidDataException($"{document.Place} is no sign-in.");

    private static string TextOf(SignIn signIn) =>
        JsonSerializer.Serialize(signIn, Account.Json);
}

/// <summary>A sign-in as it is kept, under the hash of its token.</summary>
/// <param name="Account">The account's id.</param>
/// <param name="CreatedUs">When it began, microseconds UTC.</param>
/// <param name="SeenUs">When it was last noted to be in use, microseconds UTC.</param>
internal sealed record SignIn(string Account, long CreatedUs, long SeenUs);

/// <summary>Somebody who is signed in.</summary>
/// <param name="Id">The sign-in; no secret.</param>
/// <param name="Account">The account, as of now.</param>
internal sealed record SignedIn(string Id, Account Account);
