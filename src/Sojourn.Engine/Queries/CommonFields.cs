using Sojourn.Sessions;

namespace Sojourn.Queries;

/// <summary>
/// The fields every session has, whatever its kind. Kinds add theirs after these.
/// </summary>
public static class CommonFields
{
    /// <summary>Person, user or device id; a filter on it matches any of the three.</summary>
    public static readonly Field Person = new("person", FieldType.Text) { Searched = true };

    /// <summary>First event.</summary>
    public static readonly Field Started = new("started", FieldType.Time);

    /// <summary>Last event that is no heartbeat.</summary>
    public static readonly Field LastEvent = new("last_event", FieldType.Time);

    /// <summary>Length in microseconds.</summary>
    public static readonly Field Duration = new("duration", FieldType.Number);

    /// <summary>Events that count.</summary>
    public static readonly Field Events = new("events", FieldType.Number);

    /// <summary>Name of the first event.</summary>
    public static readonly Field Entry = new("entry", FieldType.Category) { Counted = true };

    /// <summary>Name of the last event.</summary>
    public static readonly Field Exit = new("exit", FieldType.Category) { Counted = true };

    /// <summary>Status at the time of asking.</summary>
    public static readonly Field Status = new("status", FieldType.Category) { Counted = true };

    /// <summary>Device class; null = unknown.</summary>
    public static readonly Field Device = new("device", FieldType.Category)
    {
        Counted = true,
        Words = ["mobile", "tablet", "desktop"],
    };

    /// <summary>Country code; null = unknown.</summary>
    public static readonly Field Country = new("country", FieldType.Category) { Counted = true };

    /// <summary>Where the person came from.</summary>
    public static readonly Field Source = new("source", FieldType.Category) { Counted = true };

    /// <summary>The different event names in the session.</summary>
    public static readonly Field Contains = new("contains", FieldType.Set);

    /// <summary>E-mail.</summary>
    public static readonly Field Email = new("email", FieldType.Text) { Searched = true };

    /// <summary>Full name.</summary>
    public static readonly Field Name = new("name", FieldType.Text) { Searched = true };

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Field> All =
    [
        Person, Started, LastEvent, Duration, Events, Entry, Exit, Status, Device, Country,
        Source, Contains, Email, Name,
    ];
}
