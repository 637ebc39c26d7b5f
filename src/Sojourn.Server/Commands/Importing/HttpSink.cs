using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Sojourn.Events;
using Sojourn.Ingest;
using Sojourn.Server.Api;

namespace Sojourn.Server.Commands.Importing;

/// <summary>Sends events to a server, waiting and sending again when it is busy.</summary>
internal sealed class HttpSink(HttpClient http, TimeProvider clock) : IEventSink
{
    // A body stays below the limit of the wire even when its last event is as large as can be.
    private const int BodyBytesMax = Limits.WireBytesMax - 2 * Limits.EventBytesMax;
    private const int TriesMax = 10;
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(30);

    public int BatchEventsMax => Limits.BatchEventsMax;

    public async Task<SinkAnswer> SendAsync(
        IReadOnlyList<Event> events, CancellationToken cancel)
    {
        var (accepted, duplicates) = (0, 0);
        var rejected = new List<(int, string, string?)>();
        for (var sent = 0; sent < events.Count;)
        {
            var body = BodyOf(events, sent, out var next);
            using var answer = await PostAsync(body, cancel);
            var root = answer.RootElement;
            accepted += root.GetProperty("accepted").GetInt32();
            duplicates += root.GetProperty("duplicates").GetInt32();
            foreach (var one in root.GetProperty("rejected").EnumerateArray())
            {
                rejected.Add((
                    sent + one.GetProperty("index").GetInt32(),
                    one.GetProperty("code").GetString() ?? "unknown",
                    one.GetProperty("field").GetString()));
            }

            sent = next;
        }

        return new SinkAnswer(accepted, duplicates, rejected);
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static ReadOnlyMemory<byte> BodyOf(IReadOnlyList<Event> events, int from, out int next)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body, Json.Options))
        {
            json.WriteStartArray();
            for (next = from; next < events.Count; next++)
            {
                if (json.BytesCommitted + json.BytesPending > BodyBytesMax)
                    break;
                EventJson.WriteToSend(json, events[next]);
            }

            json.WriteEndArray();
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private async Task<JsonDocument> PostAsync(
        ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            using var content = new ReadOnlyMemoryContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await http.PostAsync("/v1/events", content, cancel);
            var isBusy = answer.StatusCode
                is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests;
            if (isBusy && tries < TriesMax)
            {
                var pause = answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1);
                await Task.Delay(pause < PauseMax ? pause : PauseMax, clock, cancel);
                continue;
            }

            // None taken is an answer about the events, not about us.
            if (answer.StatusCode != HttpStatusCode.UnprocessableContent)
                await ControlClient.ThrowIfRefusedAsync(answer, cancel);
            return await JsonDocument.ParseAsync(
                await answer.Content.ReadAsStreamAsync(cancel), default, cancel);
        }
    }
}
