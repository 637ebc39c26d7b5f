using Sojourn.Events;

namespace Sojourn.Sessions;

/// <summary>All that decides how classified events become sessions.</summary>
/// <param name="Shipped">The kind, without regard to the project.</param>
/// <param name="Settings">What the project decided.</param>
public sealed record Folding(SessionKind Shipped, ProjectSettings Settings)
{
    /// <summary>The kind, with the project's rules.</summary>
    public SessionKind Kind { get; } = Shipped.For(Settings);

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
