using Sojourn.Events;

namespace Sojourn.Sessions;

/// <summary>All that decides how events become sessions, besides the events.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Settings">What the project decided.</param>
/// <param name="SuppressedBy">
/// The rule that suppresses an event, or null when it counts. Pure.
/// </param>
public sealed record Folding(
    SessionKind Kind, ProjectSettings Settings, Func<Event, string?> SuppressedBy)
{
    /// <summary>Microseconds of silence that end a visit.</summary>
    public long TimeoutUs { get; } = Micros.From(Settings.Timeout);

    internal TimeZoneInfo Zone { get; } = ProjectZone.Of(Settings);
}

/// <summary>The project's time zone, which decides where its midnight is.</summary>
public static class ProjectZone
{
    /// <summary>The zone of the settings; UTC when the name is unknown on this machine.</summary>
    public static TimeZoneInfo Of(ProjectSettings settings) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(settings.TimeZone, out var zone)
            ? zone
            : TimeZoneInfo.Utc;
}
