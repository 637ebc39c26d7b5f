using System.Text.Json;
using Sojourn.Events;
using Sojourn.Server.Api;
using Sojourn.Storage;

namespace Sojourn.Server.Accounts;

/// <summary>
/// All accounts. They are one document, so that whoever changes them has seen them all: there is
/// one first admin, and always a last one.
/// </summary>
internal sealed class Staff(IStore store, TimeProvider clock)
{
    /// <summary>Accounts of a server; what fits into a document with room to spare.</summary>
    public const int AccountsMax = 300;

    // Each lost race means that somebody else won one.
    private const int RacesMax = 100;

    private static readonly DocumentPlace Place = new(null, "accounts", "all");

    private volatile Roster _read = new(null, []);

    /// <summary>All accounts, by e-mail. Cheap.</summary>
    public IReadOnlyList<Account> All => Read().Accounts;

    /// <summary>True until the first account is made.</summary>
    public bool IsEmpty => store.FindDocument(Place) is null;

    /// <summary>An account by its id, or null.</summary>
    public Account? Find(string id) => All.FirstOrDefault(one => one.Id == id);

    /// <summary>An account by its e-mail as <see cref="Account.TryReadEmail"/> gives it.</summary>
    public Account? FindEmail(string email) => All.FirstOrDefault(one => one.Email == email);

    /// <summary>Makes the first account, an admin. Of many who try at once, one does.</summary>
    public async Task<StaffAnswer> AddFirstAsync(
        string email, string passwordHash, CancellationToken cancel)
    {
        var first = Account.New(email, Role.Admin, clock.NowUs()) with
        {
            PasswordHash = passwordHash,
        };
        var answer = await store.PutDocumentAsync(Place, 0, TextOf([first]), cancel);
        return answer.Refusal is null
            ? new StaffAnswer(first, null)
            : new StaffAnswer(null, StaffRefusal.NotFirst);
    }

    /// <summary>Adds an account that has no password yet.</summary>
    public Task<StaffAnswer> AddAsync(string email, Role role, CancellationToken cancel)
    {
        var added = Account.New(email, role, clock.NowUs());
        return ChangeAsync(
            all => all.Any(one => one.Email == email) ? StaffRefusal.EmailTaken
                : all.Count >= AccountsMax ? StaffRefusal.TooMany
                : all.Count == 0 && role != Role.Admin ? StaffRefusal.NoAdmin
                : null,
            all => all.Append(added),
            added.Id,
            cancel);
    }

    /// <summary>Gives another role; the last admin stays one.</summary>
    public Task<StaffAnswer> SetRoleAsync(string id, Role role, CancellationToken cancel) =>
        ChangeAsync(
            all => Find(all, id) is not { } found ? StaffRefusal.Unknown
                : role != Role.Admin && IsLastAdmin(all, found) ? StaffRefusal.LastAdmin
                : null,
            all => all.Select(one => one.Id == id ? one with { Role = role } : one),
            id,
            cancel);

    /// <summary>Removes an account; the last admin stays.</summary>
    public Task<StaffAnswer> RemoveAsync(string id, CancellationToken cancel) => ChangeAsync(
        all => Find(all, id) is not { } found ? StaffRefusal.Unknown
            : IsLastAdmin(all, found) ? StaffRefusal.LastAdmin
            : null,
        all => all.Where(one => one.Id != id),
        id,
        cancel);

    /// <summary>Replaces an account's password.</summary>
    public Task<StaffAnswer> SetPasswordAsync(
        string id, string passwordHash, CancellationToken cancel) => ChangeAsync(
        all => Find(all, id) is null ? StaffRefusal.Unknown : null,
        all => all.Select(one => one.Id == id ? one with { PasswordHash = passwordHash } : one),
        id,
        cancel);

    private async Task<StaffAnswer> ChangeAsync(
        Func<IReadOnlyList<Account>, StaffRefusal?> judge,
        Func<IReadOnlyList<Account>, IEnumerable<Account>> change,
        string id,
        CancellationToken cancel)
    {
        for (var races = 0; races < RacesMax; races++)
        {
            var seen = Read();
            if (judge(seen.Accounts) is { } refusal)
                return new StaffAnswer(Find(seen.Accounts, id), refusal);

            Account[] next =
                [.. change(seen.Accounts).OrderBy(one => one.Email, StringComparer.Ordinal)];
            var answer = await store.PutDocumentAsync(
                Place, seen.Document?.Version ?? 0, TextOf(next), cancel);
            if (answer.Refusal is null)
                return new StaffAnswer(Find(next, id), null);
            if (answer.Refusal is DocumentRefusal.TooLarge)
                return new StaffAnswer(null, StaffRefusal.TooMany);
        }

        throw new IOException("The accounts change faster than they can be read. Try again.");
    }

    private Roster Read()
    {
        var document = store.FindDocument(Place);
        var read = _read;
        if (ReferenceEquals(document, read.Document))
            return read;

        var accounts = document is null
            ? []
            : JsonSerializer.Deserialize<Account[]>(document.Json, Account.Json) ?? [];
        return _read = new Roster(document, accounts);
    }

    private static Account? Find(IEnumerable<Account> all, string id) =>
        all.FirstOrDefault(one => one.Id == id);

    private static bool IsLastAdmin(IReadOnlyList<Account> all, Account account) =>
        account.Role == Role.Admin && all.Count(one => one.Role == Role.Admin) == 1;

    private static string TextOf(Account[] accounts) =>
        JsonSerializer.Serialize(accounts, Account.Json);

    private sealed record Roster(Document? Document, IReadOnlyList<Account> Accounts);
}

/// <summary>How a change of accounts was answered.</summary>
/// <param name="Account">The account after it; null when there is none.</param>
/// <param name="Refusal">Null when it was changed, durably.</param>
internal sealed record StaffAnswer(Account? Account, StaffRefusal? Refusal);

/// <summary>Why accounts were not changed.</summary>
internal enum StaffRefusal
{
    /// <summary>There is an account already.</summary>
    NotFirst,

    /// <summary>Another account has this e-mail.</summary>
    EmailTaken,

    /// <summary>There is no such account.</summary>
    Unknown,

    /// <summary>Without an admin, nobody could ever change accounts again.</summary>
    LastAdmin,

    /// <summary>The first account must be an admin.</summary>
    NoAdmin,

    /// <summary>There are as many accounts as there may be.</summary>
    TooMany,
}
