using System.Security.Cryptography;
using System.Text.Json;
using Sojourn.Kinds.Checkouts;
using Sojourn.Kinds.Checkouts.Recovery;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Discounts;

/// <summary>
/// Codes that are offered. A project has each once, in any case of its letters, whoever offers it:
/// the board, which makes them, or a program.
/// </summary>
internal sealed class DiscountCodes(IStore store)
{
    // Without letters and digits that look or sound like another: 0 O 1 I L 2 Z 5 S 8 B.
    private const string Letters = "ACDEFGHJKMNPQRTUVWXY34679";

    private const int HalfChars = 4;
    private const int TriesMax = 50;

    /// <summary>A code nobody has, kept for a checkout; null when there are too many.</summary>
    public async Task<string?> MakeAsync(
        string project, string session, CancellationToken cancel)
    {
        for (var tries = 0; tries < TriesMax; tries++)
        {
            var code = RandomNumberGenerator.GetString(Letters, HalfChars)
                + "-" + RandomNumberGenerator.GetString(Letters, HalfChars);
            if (await TakeAsync(project, session, code, cancel))
                return code;
        }

        return null;
    }

    /// <summary>Keeps a code for a checkout; false when it was offered before.</summary>
    public async Task<bool> TakeAsync(
        string project, string session, string code, CancellationToken cancel)
    {
        var answer = await store.PutDocumentAsync(
            PlaceOf(project, code), 0, JsonSerializer.Serialize(new Keeper(session)), cancel);
        return answer.Refusal is null;
    }

    /// <summary>Gives back a code that was not offered after all.</summary>
    public Task LeaveAsync(string project, string code, CancellationToken cancel) =>
        store.DeleteDocumentAsync(PlaceOf(project, code), 1, cancel);

    /// <summary>A code with the checkout it was offered for; null when it is not offered.</summary>
    public async Task<OfferedCode?> FindAsync(
        string project, string code, CancellationToken cancel)
    {
        if (!Discount.IsCode(code)
            || store.FindDocument(PlaceOf(project, code)) is not { } kept
            || JsonSerializer.Deserialize<Keeper>(kept.Json) is not { } keeper
            || !SessionId.TryParse(keeper.session, out var id)
            || await store.FindSessionAsync(project, id, cancel)
                is not { Detail: Checkout checkout } session)
        {
            return null;
        }

        var offered = checkout.Work.Discounts.LastOrDefault(
            one => one.Code.Equals(code, StringComparison.OrdinalIgnoreCase));
        return offered is null ? null : new OfferedCode(session.Id, offered, checkout.Order);
    }

    // Collections are limited; one for each first letter holds that many times more.
    private static DocumentPlace PlaceOf(string project, string code)
    {
        var letters = code.ToUpperInvariant();
        return new(project, $"discount_codes_{letters[0]}", letters);
    }

    private sealed record Keeper(string session);
}

/// <summary>A code as it stands.</summary>
/// <param name="Session">The checkout it was offered for.</param>
/// <param name="Discount">What it takes off, and until when.</param>
/// <param name="Order">The checkout's order; null = none.</param>
internal sealed record OfferedCode(SessionId Session, Discount Discount, CheckoutOrder? Order)
{
    /// <summary><c>redeemed</c>, <c>expired</c> or <c>offered</c>: good for one order.</summary>
    public string StateAt(long nowUs) =>
        Discount.IsRedeemedBy(Order) ? "redeemed"
        : nowUs >= Discount.ExpiresUs ? "expired"
        : "offered";
}
