using System.Buffers.Text;
using System.Text;

namespace Sojourn.Benchmarks;

/// <summary>
/// A request of events of about 400 bytes each, made once. Only ids, devices and times are
/// written anew for each sending, so that making load costs next to nothing.
/// </summary>
internal sealed class EventBodies
{
    private const int Devices = 200_000;
    private const int IdDigits = 12;
    private const int DeviceDigits = 7;
    private const int TimeDigits = 13;
    private const string IdMark = "@@@@@@@@@@@@";
    private const string DeviceMark = "#######";
    private const string TimeMark = "2222222222222";

    private readonly byte[] _request;
    private readonly int[] _ids;
    private readonly int[] _devices;
    private readonly int[] _times;
    private readonly Random _random;
    private readonly long _firstId;
    private long _sent;

    /// <param name="sender">Tells this sender's ids from all others'.</param>
    /// <param name="events">Events in each request.</param>
    /// <param name="secretKey">The key to send with.</param>
    public EventBodies(int sender, int events, string secretKey)
    {
        var body = $"[{string.Join(',', Enumerable.Repeat(EventText, events))}]";
        var head =
            "POST /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            + $"Authorization: Bearer {secretKey}\r\nContent-Type: application/json\r\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n";
        _request = Encoding.UTF8.GetBytes(head + body);
        _ids = PlacesOf(IdMark);
        _devices = PlacesOf(DeviceMark);
        _times = PlacesOf(TimeMark);
        _random = new Random(sender);
        _firstId = sender * 1_000_000_000L;
    }

    private static string EventText =>
        $$$"""
        {"id":"{{{IdMark}}}","name":"page_view","anonymous_id":"device-{{{DeviceMark}}}",
        "time":{{{TimeMark}}},"properties":{"title":"Shoes for the winter","price":49.95,
        "product_id":"sku-1234","in_stock":true},"context":{"ip":"203.0.113.7",
        "user_agent":"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0",
        "url":"https://shop.example.com/products/1234?utm_source=mail",
        "referrer":"https://shop.example.com/","locale":"fr-DZ","country":"DZ"}}
        """;

    /// <summary>The next request; good until the one after.</summary>
    /// <param name="nowMs">Milliseconds since 1970.</param>
    public ReadOnlyMemory<byte> Next(long nowMs)
    {
        for (var i = 0; i < _ids.Length; i++)
        {
            Write(_ids[i], _firstId + _sent++, IdDigits);
            Write(_devices[i], _random.Next(Devices), DeviceDigits);
            Write(_times[i], nowMs, TimeDigits);
        }

        return _request;
    }

    private void Write(int place, long number, int digits) =>
        Utf8Formatter.TryFormat(
            number, _request.AsSpan(place, digits), out _, new('D', (byte)digits));

    private int[] PlacesOf(string mark)
    {
        var bytes = Encoding.UTF8.GetBytes(mark);
        var places = new List<int>();
        var at = _request.AsSpan().IndexOf(bytes);
        while (at >= 0)
        {
            places.Add(at);
            var next = _request.AsSpan(at + bytes.Length).IndexOf(bytes);
            at = next < 0 ? -1 : at + bytes.Length + next;
        }

        return [.. places];
    }
}
