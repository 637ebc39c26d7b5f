using System.Diagnostics;
using System.Globalization;
using System.Text;
using Sojourn.Events;
using Sojourn.Events.Classification;
using Sojourn.Kinds.Checkouts;
using Sojourn.Kinds.Reservations;
using Sojourn.Kinds.Visits;
using Sojourn.Storage;
using Sojourn.Storage.Sqlite;

namespace Sojourn.Benchmarks;

/// <summary>
/// Durable events a second of the embedded store alone: dedupe, content hashes, fsync, folding
/// and publishing are all on; decoding is not.
/// </summary>
public static class StoreAppend
{
    private const int MeasuredEvents = 400_000;
    private const int People = 20_000;

    // What the line gathers: few senders, a usual moment, and the most it takes at once.
    private static readonly int[] GroupSizes = [1_000, 2_500, 10_000];

    private static readonly StoreKinds Kinds = new(
        [new VisitKind(), new CheckoutKind(), new ReservationKind()],
        _ => SuppressionRules.Default);

    /// <summary>Fills a store, then measures each group size and a restart.</summary>
    /// <param name="stored">
    /// Events stored before the measuring begins; no group size measures more than that.
    /// </param>
    public static async Task RunAsync(int stored)
    {
        var folder = Directory.CreateTempSubdirectory("sojourn-append-").FullName;
        try
        {
            await FillAndMeasureAsync(Path.Combine(folder, "data"), stored);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FillAndMeasureAsync(string folder, int stored)
    {
        var made = 0;
        await using (var store = Open(folder))
        {
            var created = await store.CreateProjectAsync("shop", new(), default);
            var project = created.Project.Id;
            await AppendAsync(store, project, made, stored, 10_000);
            made = stored;
            foreach (var size in GroupSizes)
            {
                var events = Math.Min(
                    Math.Min(MeasuredEvents, size * 100), Math.Max(stored, size));
                var length = await AppendAsync(store, project, made, events, size);
                made += events;
                Print($"groups of {size,6}: {events / length.TotalSeconds,9:N0} events/s");
            }

            Print($"{new FileInfo(Path.Combine(folder, "sojourn.db")).Length / made} B an event");
        }

        var started = Stopwatch.GetTimestamp();
        await using (Open(folder))
            Print($"start with a snapshot of {made:N0}: {Elapsed(started):F2} s");

        Directory.Delete(Path.Combine(folder, "snapshots"), recursive: true);
        started = Stopwatch.GetTimestamp();
        await using (Open(folder))
            Print($"start from the blocks alone: {Elapsed(started):F2} s");
    }

    private static async Task<TimeSpan> AppendAsync(
        EmbeddedStore store, string project, int first, int count, int groupSize)
    {
        var storing = TimeSpan.Zero;
        for (var done = 0; done < count;)
        {
            var events = new Event[Math.Min(groupSize, count - done)];
            for (var i = 0; i < events.Length; i++)
                events[i] = EventOf(first + done + i);
            var started = Stopwatch.GetTimestamp();
            await store.AppendAsync([new EventBatch(project, events)], default);
            storing += Stopwatch.GetElapsedTime(started);
            done += events.Length;
        }

        return storing;
    }

    // People come and go: of 20,000 at a time, each with an event about every 20 s.
    private static Event EventOf(int number)
    {
        var us = 1_780_000_000_000_000 + (number * 1_000L);
        var person = ((number / 400_000) * People) + (int)((uint)number * 2_654_435_761u % People);
        return new Event
        {
            Id = $"{number:x8}-7d1c-4e0a-9b6f",
            Name = number % 5 == 0 ? "product_viewed" : EventNames.PageView,
            AnonymousId = string.Create(CultureInfo.InvariantCulture, $"device-{person:x8}"),
            TimeUs = us,
            OccurredUs = us,
            SentUs = us + 900,
            ReceivedUs = us + 40_000,
            Trust = Trust.Claimed,
            Context = new EventContext
            {
                Ip = $"10.{person >> 16 & 255}.{person >> 8 & 255}.{person & 255}",
                UserAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Firefox/145.0",
                Url = $"https://shop.example/products/{number % 977}?from=list",
                Referrer = "https://shop.example/",
                Locale = "fr-DZ",
            },
            Properties = Properties.FromJson(Encoding.UTF8.GetBytes(
                $$"""{"title":"Product {{number % 977}}","position":{{number % 24}}}""")),
        };
    }

    private static EmbeddedStore Open(string folder) =>
        EmbeddedStore.Open(folder, Kinds, TimeProvider.System);

    private static double Elapsed(long started) =>
        Stopwatch.GetElapsedTime(started).TotalSeconds;

    private static void Print(FormattableString line) =>
        Console.WriteLine("append: " + line.ToString(CultureInfo.InvariantCulture));
}
