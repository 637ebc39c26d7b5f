using System.Net.Http.Headers;

namespace Sojourn.Shop;

/// <summary>
/// Codes the shop takes something off for: its own, and those Sojourn's agents offered to one
/// customer each. A Sojourn that is away knows no codes; the shop sells all the same.
/// </summary>
internal sealed class Coupons : IDisposable
{
    private const string Own = "ATLAS10";
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(2);

    private readonly HttpClient _sojourn;

    public Coupons(ShopSettings settings)
    {
        _sojourn = new HttpClient { BaseAddress = settings.Sojourn, Timeout = Within };
        _sojourn.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", settings.SecretKey);
    }

    /// <summary>What a code is worth; null when it is worth nothing.</summary>
    public async Task<Coupon?> FindAsync(string code, CancellationToken cancel)
    {
        if (code.Length == 0)
            return null;
        if (code.Equals(Own, StringComparison.OrdinalIgnoreCase))
            return new Coupon(10, 0);

        try
        {
            using var answer = await _sojourn.GetAsync(
                "/v1/discounts/" + Uri.EscapeDataString(code), cancel);
            return answer.IsSuccessStatusCode
                && await answer.Content.ReadFromJsonAsync<Told>(cancel) is { State: "offered" } told
                ? new Coupon(told.Percent ?? 0, told.Amount?.Amount ?? 0)
                : null;
        }
        catch (Exception e) when (e is HttpRequestException
            || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return null;
        }
    }

    public void Dispose() => _sojourn.Dispose();

    private sealed record Told(string State, int? Percent, ToldAmount? Amount);

    // Money is told as text, which the web's defaults read as a number too.
    private sealed record ToldAmount(decimal Amount);
}

/// <summary>What a code takes off.</summary>
/// <param name="Percent">Of the cart.</param>
/// <param name="Amount">In dinars.</param>
internal sealed record Coupon(int Percent, decimal Amount)
{
    /// <summary>What is left of a price, in dinars.</summary>
    public decimal Of(decimal worth) =>
        Math.Max(0, Math.Round(worth * (100 - Percent) / 100) - Amount);
}
