using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Sojourn.Events;
using Sojourn.Ingest;
using Sojourn.Server.Accounts;
using Sojourn.Storage;

namespace Sojourn.Server.Api.Hooks;

/// <summary>
/// All hooks, kept as documents. Their secrets are never read back: of the one in the address
/// only a hash is kept, the others are sealed with the server's key ring.
/// </summary>
internal sealed class HookBook(
    IStore store, TimeProvider clock, IDataProtectionProvider protection)
{
    /// <summary>Hooks of one project.</summary>
    public const int HooksMax = 100;

    private const string Collection = "hooks";

    // Shopify signs with it for up to an hour, and repeats for four.
    private static readonly TimeSpan SecretBeforeFor = TimeSpan.FromHours(5);

    private readonly IDataProtector _seal = protection.CreateProtector("sojourn.hooks");
    private readonly ConditionalWeakTable<Document, Hook> _read = [];
    private readonly ConcurrentDictionary<string, HookCount> _counts = new(StringComparer.Ordinal);

    /// <summary>A project's hooks, oldest first. Cheap.</summary>
    public IReadOnlyList<Hook> ListOf(string project) =>
    [
        .. store.ListDocuments(project, Collection)
            .Select(Read)
            .OrderBy(one => one.CreatedUs)
            .ThenBy(one => one.Id, StringComparer.Ordinal),
    ];

    /// <summary>
    /// The hook of an address, or null. Takes as long for a wrong secret as for a right one.
    /// </summary>
    public Hook? Find(Project? project, HookSource? source, string secret)
    {
        var hash = Encoding.ASCII.GetBytes(SecretToken.HashOf(secret));
        Hook? found = null;
        foreach (var document in project is null
            ? [] : store.ListDocuments(project.Id, Collection))
        {
            var hook = Read(document);
            var isIt = CryptographicOperations.FixedTimeEquals(
                hash, Encoding.ASCII.GetBytes(hook.SecretHash));
            found = isIt && hook.Source == source ? hook : found;
        }

        return found;
    }

    /// <summary>Makes a hook; null when the project has as many as it may.</summary>
    public async Task<NewHook?> AddAsync(
        Project project, HookSource source, HookProof proof, string by, CancellationToken cancel)
    {
        if (store.ListDocuments(project.Id, Collection).Count >= HooksMax)
            return null;

        var secret = SecretToken.New();
        var hook = new Hook(
            Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"),
            source,
            SecretToken.HashOf(secret),
            clock.NowUs(),
            by,
            Seal(proof));
        var answer = await store.PutDocumentAsync(
            new(project.Id, Collection, hook.Id), 0, JsonSerializer.Serialize(hook), cancel);
        return answer.Refusal is null ? new NewHook(hook, secret) : null;
    }

    /// <summary>Replaces what a hook's requests are checked with; null = no such hook.</summary>
    public async Task<Hook?> SetProofAsync(
        Project project, string id, HookProof proof, CancellationToken cancel)
    {
        if (FindDocument(project, id) is not { } document)
            return null;

        var before = Read(document);
        var changed = before with { Proof = Seal(AfterThat(before, proof)) };
        var answer = await store.PutDocumentAsync(
            document.Place, document.Version, JsonSerializer.Serialize(changed), cancel);
        return answer.Refusal is null ? changed : null;
    }

    /// <summary>Deletes a hook: on return it opens nothing. Null = no such hook.</summary>
    public async Task<Hook?> DeleteAsync(Project project, string id, CancellationToken cancel)
    {
        if (FindDocument(project, id) is not { } document)
            return null;

        await store.DeleteDocumentAsync(document.Place, document.Version, cancel);
        _counts.TryRemove(id, out _);
        return Read(document);
    }

    /// <summary>A hook by its id, or null.</summary>
    public Hook? Find(Project project, string id) =>
        FindDocument(project, id) is { } document ? Read(document) : null;

    /// <summary>
    /// What a hook's requests are checked with, in the clear; null when the server's key ring
    /// was lost since it was sealed.
    /// </summary>
    public HookProof? ProofOf(Hook hook)
    {
        var kept = hook.Proof;
        if (kept.Secret is null)
            return kept;

        try
        {
            return kept with
            {
                Secret = _seal.Unprotect(kept.Secret),
                SecretBefore = kept.SecretBefore is { } old ? _seal.Unprotect(old) : null,
            };
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Counts a request that was let in.</summary>
    public void Note(Hook hook, TakenIn taken)
    {
        var nowUs = clock.NowUs();
        _counts.AddOrUpdate(
            hook.Id,
            _ => default(HookCount).With(nowUs, taken),
            (_, before) => before.With(nowUs, taken));
    }

    /// <summary>What came by a hook since the server started.</summary>
    public HookCount CountOf(Hook hook) => _counts.GetValueOrDefault(hook.Id);

    private HookProof Seal(HookProof proof) => proof.Secret is null
        ? proof
        : proof with
        {
            Secret = _seal.Protect(proof.Secret),
            SecretBefore = proof.SecretBefore is { } old ? _seal.Protect(old) : null,
        };

    // A shop goes on signing with its old secret for a while after it got a new one.
    private HookProof AfterThat(Hook before, HookProof proof) =>
        before.Source.IsShop() && proof.Secret is { } secret
        && ProofOf(before)?.Secret is { } old && old != secret
            ? proof with
            {
                SecretBefore = old,
                BeforeUntilUs = clock.NowUs() + Micros.From(SecretBeforeFor),
            }
            : proof;

    private Document? FindDocument(Project project, string id) =>
        Guid.TryParseExact(id, "N", out var plain)
            ? store.FindDocument(new(project.Id, Collection, plain.ToString("N")))
            : null;

    // Documents never change, so each is read once.
    private Hook Read(Document document) => _read.GetValue(document, one =>
        JsonSerializer.Deserialize<Hook>(one.Json)
        ?? throw new InvalidOperationException($"{one.Place} is no hook."));
}
