using Sojourn.Events.Classification;
using Sojourn.Sessions;

namespace Sojourn.Storage.Postgres;

/// <summary>How this store makes sessions of events, and where it keeps them.</summary>
internal sealed class Catalog
{
    private readonly Func<ProjectSettings, ISuppression> _suppressionOf;

    public Catalog(
        IReadOnlyList<SessionKind> kinds, Func<ProjectSettings, ISuppression> suppressionOf)
    {
        Kinds = kinds;
        Tables = [.. kinds.Select(kind => new SessionTable(kind))];
        _suppressionOf = suppressionOf;
    }

    public IReadOnlyList<SessionKind> Kinds { get; }

    /// <summary>One for each kind, in their order.</summary>
    public IReadOnlyList<SessionTable> Tables { get; }

    /// <exception cref="ArgumentException">The store was opened without that kind.</exception>
    public SessionTable TableOf(SessionKind kind) =>
        Tables.FirstOrDefault(table => table.Kind.Name == kind.Name)
        ?? throw new ArgumentException($"There are no sessions of kind {kind.Name}.", nameof(kind));

    /// <summary>Which events of a project do not count.</summary>
    public ISuppression SuppressionOf(Project project) => _suppressionOf(project.Settings);
}
