using System.Globalization;
using System.Text;
using Sojourn.Events;
using Sojourn.Ingest;

namespace Sojourn.Benchmarks;

/// <summary>How many events one core decodes: bodies of 50 events of about 400 bytes.</summary>
public static class Decoding
{
    private const int BatchEvents = 50;
    private const int Bodies = 200;

    /// <summary>Warms up, measures three times and prints the best.</summary>
    public static void Run()
    {
        var bodies = Enumerable.Range(0, Bodies).Select(BodyOf).ToArray();
        var admission = new Admission(Trust.Verified, 1_772_445_600_000_000);
        Decode(bodies, admission, rounds: 20);

        var best = Enumerable.Range(0, 3).Max(_ => Decode(bodies, admission, rounds: 40));
        var bytes = bodies.Average(body => (double)body.Length) / BatchEvents;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"decoding: {best:N0} events/s on one core, {bytes:F0} bytes each"));
    }

    private static double Decode(byte[][] bodies, Admission admission, int rounds)
    {
        // Processor time of the whole process, collector included: the machine may be shared.
        var before = Environment.CpuUsage.TotalTime;
        var events = 0;
        for (var round = 0; round < rounds; round++)
        {
            foreach (var body in bodies)
            {
                if (!NativeDecoder.TryDecode(body, admission, out var batch, out _))
                    throw new InvalidOperationException("The benchmark's own body is refused.");

                events += batch.Events.Count;
            }
        }

        return events / (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    private static byte[] BodyOf(int body) => Encoding.UTF8.GetBytes(
        $"[{string.Join(',', Enumerable.Range(0, BatchEvents).Select(i => EventOf(body, i)))}]");

    private static string EventOf(int body, int i) =>
        $$$"""
        {"id":"01JD{{{body:D6}}}{{{i:D6}}}","name":"page_view",
        "anonymous_id":"dev-{{{body:D8}}}","time":"2026-03-02T10:{{{i:D2}}}:00.250Z",
        "properties":{"title":"Shoes for the winter","price":49.95,
        "product_id":"sku-{{{i}}}","in_stock":true},
        "context":{"user_agent":"Mozilla/5.0 (X11; Linux x86_64) Chrome/120.0 Safari/537.36",
        "url":"https://shop.example.com/products/{{{i}}}?utm_source=mail",
        "locale":"fr-DZ","country":"DZ"}}
        """;
}
