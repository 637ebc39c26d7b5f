using Sojourn.Events;
using Sojourn.Sessions;

namespace Sojourn.Storage.Postgres;

/// <summary>How this store makes sessions of events, and where it keeps them.</summary>
internal sealed class Catalog
{
    private readonly Func<Event, string?> _suppressedBy;

    public Catalog(IReadOnlyList<SessionKind> kinds, Func<Event, string?> suppressedBy)
    {
        Kinds = kinds;
        Tables = [.. kinds.Select(kind => new SessionTable(kind))];
        _suppressedBy = suppressedBy;
    }

    public IReadOnlyList<SessionKind> Kinds { get; }

    /// <summary>One for each kind, in their order.</summary>
    public IReadOnlyList<SessionTable> Tables { get; }

    /// <exception cref="ArgumentException">The store was opened without that kind.</exception>
    public SessionTable TableOf(SessionKind kind) =>
        Tables.FirstOrDefault(table => table.Kind.Name == kind.Name)
        ?? throw new ArgumentException($"There are no sessions of kind {kind.Name}.", nameof(kind));

    /// <summary>The rule that suppresses an event of a project, or null when it counts.</summary>
    public Func<Event, string?> SuppressedBy(Project project) =>
        project.Settings.Suppress ? _suppressedBy : static _ => null;
}
