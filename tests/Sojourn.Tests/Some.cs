using Sojourn.Events;

namespace Sojourn.Tests;

/// <summary>Makes valid things; a test names only what it is about.</summary>
internal static class Some
{
    /// <summary>The instant that minute 0 stands for.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    private static int _count;

    /// <summary>Microseconds UTC of a minute after <see cref="Start"/>.</summary>
    public static long Us(double minute) => Micros.From(Start.AddMinutes(minute));

    /// <summary>An event that is valid and, without an id given, unlike any other.</summary>
    public static Event Event(
        string name = "page_view",
        double minute = 0,
        string? user = null,
        string? device = null,
        string? id = null,
        long? seq = null,
        Trust trust = Trust.Verified,
        EventContext? context = null,
        string properties = "{}") => new()
        {
            Id = id ?? $"e{Interlocked.Increment(ref _count):D6}",
            Name = name,
            UserId = user ?? (device is null ? "ada" : null),
            AnonymousId = device,
            TimeUs = Us(minute),
            OccurredUs = Us(minute),
            ReceivedUs = Us(minute),
            Seq = seq,
            Trust = trust,
            Context = context ?? EventContext.None,
            Properties = Properties.FromJson(properties),
        };
}
