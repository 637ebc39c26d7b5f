using Sojourn.Events.Classification;
using Sojourn.Sessions;

namespace Sojourn.Storage.Sqlite;

/// <summary>How a store makes sessions of events.</summary>
/// <param name="Kinds">The kinds of sessions.</param>
/// <param name="SuppressionOf">Which events of a project do not count; pure.</param>
public sealed record StoreKinds(
    IReadOnlyList<SessionKind> Kinds, Func<ProjectSettings, ISuppression> SuppressionOf)
{
    /// <summary>
    /// Names the code that makes sessions: other code may make other sessions of the same
    /// events.
    /// </summary>
    internal string Maker => string.Join(
        ' ',
        Kinds
            .Select(kind => $"{kind.Name}:{kind.GetType().Module.ModuleVersionId}")
            .Append($"{typeof(StoreKinds).Module.ModuleVersionId}")
            .Append($"{SuppressionOf.Method.Module.ModuleVersionId}"));
}
