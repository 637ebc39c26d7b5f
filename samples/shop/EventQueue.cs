using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;

namespace Sojourn.Shop;

/// <summary>
/// Tells Sojourn what happened, behind the shoppers' backs: a request never waits for it, and a
/// Sojourn that is away costs nobody anything. Each event has its own id, so that a batch that
/// may have arrived is simply sent again.
/// </summary>
internal sealed class EventQueue : IAsyncDisposable
{
    private const int WaitingMax = 5_000;
    private const int BatchMax = 200;
    private static readonly TimeSpan PauseMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LastWordsWithin = TimeSpan.FromSeconds(2);

    private static readonly JsonSerializerOptions AsSent = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // When nobody listens for long, the oldest go first.
    private readonly Channel<string> _waiting = Channel.CreateBounded<string>(
        new BoundedChannelOptions(WaitingMax) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _sojourn;
    private readonly TimeProvider _clock;
    private readonly Task _sending;

    public EventQueue(ShopSettings settings)
    {
        _clock = settings.Clock;
        _sojourn = new HttpClient { BaseAddress = settings.Sojourn };
        _sojourn.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", settings.SecretKey);
        _sending = SendAsync();
    }

    /// <summary>Takes an event; returns at once.</summary>
    public void Tell(string name, Shopper shopper, object properties) => _waiting.Writer.TryWrite(
        JsonSerializer.Serialize(
            new
            {
                id = Guid.CreateVersion7().ToString("N"),
                name,
                anonymous_id = shopper.Device,
                time = _clock.GetUtcNow(),
                properties,
                context = new
                {
                    ip = shopper.Ip,
                    user_agent = shopper.UserAgent,
                    url = shopper.Url,
                    locale = shopper.Locale,
                },
            },
            AsSent));

    /// <summary>Sends what waits, for a moment, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        _stop.CancelAfter(LastWordsWithin);
        await _sending;
        _stop.Dispose();
        _sojourn.Dispose();
    }

    private async Task SendAsync()
    {
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(_stop.Token))
                await SendAsync(TakeBatch());
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The shop closes; what nobody took until now is given up.
        }
    }

    private List<string> TakeBatch()
    {
        var batch = new List<string>();
        while (batch.Count < BatchMax && _waiting.Reader.TryRead(out var e))
            batch.Add(e);
        return batch;
    }

    private async Task SendAsync(List<string> batch)
    {
        for (var pause = PauseMin; ; pause = pause * 2 < PauseMax ? pause * 2 : PauseMax)
        {
            if (await TrySendAsync(batch) is not { } asked)
                return;
            await Task.Delay(asked > TimeSpan.Zero ? asked : pause, _clock, _stop.Token);
        }
    }

    // Null when it was answered for good; else how long to wait, zero when nobody says.
    private async Task<TimeSpan?> TrySendAsync(List<string> batch)
    {
        try
        {
            var events = string.Join(',', batch);
            using var body = new StringContent(
                $$"""{"clock":"{{_clock.GetUtcNow():O}}","events":[{{events}}]}""",
                Encoding.UTF8, "application/json");
            using var answer = await _sojourn.PostAsync("/v1/events", body, _stop.Token);
            return answer.StatusCode is HttpStatusCode.TooManyRequests or >= (HttpStatusCode)500
                ? answer.Headers.RetryAfter?.Delta ?? TimeSpan.Zero
                : null;
        }
        catch (HttpRequestException)
        {
            return TimeSpan.Zero; // Nobody there; sending again is harmless.
        }
    }
}

/// <summary>Who a request comes from.</summary>
/// <param name="Device">The id the snippet keeps in a cookie, or null before it has run.</param>
/// <param name="Ip">The address, or null.</param>
/// <param name="UserAgent">The browser.</param>
/// <param name="Url">The page.</param>
/// <param name="Locale">Language tag.</param>
internal sealed record Shopper(
    string? Device, string? Ip, string? UserAgent, string Url, string Locale)
{
    private const string DeviceCookie = "ajs_anonymous_id";

    /// <summary>Who sent a request.</summary>
    public static Shopper Of(HttpRequest request, string locale) => new(
        request.Cookies[DeviceCookie],
        request.HttpContext.Connection.RemoteIpAddress?.ToString(),
        request.Headers.UserAgent,
        $"{request.Scheme}://{request.Host}{request.Path}",
        locale);
}
