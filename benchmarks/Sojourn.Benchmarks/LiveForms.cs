using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Sojourn.Benchmarks;

/// <summary>
/// Many order forms filled at once: what share of a core the served process takes, and how long
/// an event takes from the browser's request to a row of an open list.
/// </summary>
public static class LiveForms
{
    // Somebody who fills a form tells something about every five seconds: 2 000 of them, one
    // every 2.5 ms. Fewer forms keep that distance, so that they are not measured for long.
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(2.5);
    private static readonly TimeSpan SeenWithin = TimeSpan.FromSeconds(30);
    private const int Rounds = 6;

    /// <summary>Fills so many forms at once for half a minute.</summary>
    public static async Task RunAsync(int forms)
    {
        await using var server = await ServedProcess.StartAsync();
        using var client = new HttpClient
        {
            BaseAddress = new Uri($"http://127.0.0.1:{server.Port}"),
            Timeout = TimeSpan.FromMinutes(5),
        };
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", server.SecretKey);
        await RoundAsync(client, forms, round: 0); // Every form is opened once.

        using var watching = new CancellationTokenSource();
        var seen = WatchAsync(client, watching.Token);
        var (processor, started) = (server.ProcessorTime, Stopwatch.GetTimestamp());
        for (var round = 1; round <= Rounds; round++)
            await RoundAsync(client, forms, round);
        var used = (server.ProcessorTime - processor) / Stopwatch.GetElapsedTime(started);
        await watching.CancelAsync();

        var delays = (await seen).Order().ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"forms: {forms:N0} live at once take {used:F2} of a core; an event is a row of an "
            + $"open list after {delays[delays.Count / 2]:F0} ms, {delays[^1]:F0} ms at most "
            + $"({delays.Count} tries)"));
    }

    // Spread evenly over the round, as many visitors are.
    private static async Task RoundAsync(HttpClient client, int forms, int round)
    {
        var clock = Stopwatch.StartNew();
        var pace = forms * Apart;
        var sending = new List<Task>(forms);
        for (var form = 0; form < forms; form++)
        {
            var due = form * Apart;
            if (due > clock.Elapsed)
                await Task.Delay(due - clock.Elapsed);
            sending.Add(TellAsync(client, $"form-{form}", $"{form}-{round}"));
        }

        await Task.WhenAll(sending);
        if (clock.Elapsed < pace)
            await Task.Delay(pace - clock.Elapsed);
    }

    private static async Task TellAsync(HttpClient client, string form, string id)
    {
        using var body = new StringContent($$$"""
            [{"id":"{{{id}}}-a","name":"checkout_started","anonymous_id":"{{{form}}}",
              "properties":{"checkout_id":"{{{form}}}","required":["name","phone"]}},
             {"id":"{{{id}}}-b","name":"checkout_field","anonymous_id":"{{{form}}}",
              "properties":{"checkout_id":"{{{form}}}","field":"name","action":"change",
              "filled":true,"valid":true}}]
            """, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync("/v1/events", body);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<List<double>> WatchAsync(HttpClient client, CancellationToken stop)
    {
        var delays = new List<double>();
        for (var mark = 0; !stop.IsCancellationRequested || delays.Count == 0; mark++)
        {
            // Its own list, so that only this form is in it.
            var form = $"marked-{mark}";
            using var late = new CancellationTokenSource(SeenWithin);
            using var stream = await client.GetStreamAsync(
                $"/v1/sessions/stream?lens=checkouts&person={form}", late.Token)
                is { } opened ? new StreamReader(opened) : throw new InvalidOperationException();
            var started = Stopwatch.GetTimestamp();
            var telling = TellAsync(client, form, form);
            while (await stream.ReadLineAsync(late.Token) is { } line)
            {
                if (!line.StartsWith("data:", StringComparison.Ordinal)
                    || !line.Contains(form, StringComparison.Ordinal))
                {
                    continue;
                }

                delays.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                break;
            }

            await telling;
        }

        return delays;
    }
}
