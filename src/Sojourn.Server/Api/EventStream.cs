using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sojourn.Server.Api;

/// <summary>The format of server-sent events. Source: WHATWG HTML, 9.2.</summary>
internal sealed class EventStream(HttpResponse response)
{
    public void Send(string name, long id, Action<Utf8JsonWriter> write)
    {
        var to = response.BodyWriter;
        to.Write(Encoding.ASCII.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"event: {name}\nid: {id}\ndata: ")));
        using (var json = new Utf8JsonWriter(to, Json.Options))
            write(json);
        to.Write("\n\n"u8);
    }

    public void Comment() => response.BodyWriter.Write(":\n\n"u8);

    public async Task FlushAsync(CancellationToken stop) =>
        await response.BodyWriter.FlushAsync(stop);
}

/// <summary>Where a reader of a stream was when it broke off.</summary>
internal static class LastEvent
{
    /// <summary>The id of the last event it saw; null = it is new.</summary>
    public static long? LastEventId(this HttpContext context) =>
        long.TryParse(
            context.Request.Headers["Last-Event-ID"], NumberStyles.None,
            CultureInfo.InvariantCulture, out var id)
            ? id
            : null;
}
