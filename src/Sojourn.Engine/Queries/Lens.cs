using Sojourn.Sessions;

namespace Sojourn.Queries;

/// <summary>A list of sessions of one kind as a team sees it.</summary>
public sealed record Lens
{
    /// <summary>Plural, as in the address: <c>leads</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Singular, the name of the lens's own JSON object: <c>lead</c>.</summary>
    public required string Singular { get; init; }

    /// <summary>The kind it shows.</summary>
    public required SessionKind Kind { get; init; }

    /// <summary>The kind's fields this lens shows, filters, sorts and counts by.</summary>
    public required IReadOnlyList<Field> Fields { get; init; }

    /// <summary>
    /// The number that this lens calls <c>events</c>; <see cref="CommonFields.Events"/> unless
    /// the lens counts something narrower.
    /// </summary>
    public Field EventCount { get; init; } = CommonFields.Events;

    /// <summary>The statuses its sessions can have; empty = any word may be one.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    /// <summary>
    /// What is told of a session that changes by the mere passing of time: name, and its value
    /// at an instant (microseconds UTC) by the session's values.
    /// </summary>
    public IReadOnlyList<(string Name, Func<Session, long, string?> At)> Passing { get; init; } =
        [];

    /// <summary>A field by name, common or the lens's own; null when there is none.</summary>
    public Field? Find(string name) =>
        name == CommonFields.Events.Name
            ? EventCount
            : CommonFields.All.FirstOrDefault(one => one.Name == name)
                ?? Fields.FirstOrDefault(one => one.Name == name);

    /// <summary>The fields whose values a list counts.</summary>
    public IEnumerable<Field> Counted =>
        CommonFields.All.Concat(Fields).Where(one => one.Counted);
}
