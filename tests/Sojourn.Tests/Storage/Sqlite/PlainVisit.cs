using Sojourn.Events;
using Sojourn.Sessions;

namespace Sojourn.Tests.Storage.Sqlite;

/// <summary>What a <see cref="PlainVisit"/> knows: its events and the staff's status.</summary>
internal sealed record PlainDetail(int Events, string Status);

/// <summary>A kind by person that only counts, so that these tests are about the store.</summary>
internal sealed class PlainVisit : SessionKind<PlainDetail>
{
    public override string Name => "visit";

    public override char IdPrefix => 'v';

    public override bool ByPerson => true;

    public override IReadOnlyList<Field> Fields { get; } = [new("points", FieldType.Number)];

    public override string? RefusalOf(Session session, StaffAction action, long nowUs) =>
        action.Type != ActionTypes.Status || action.To == "won" ? null : "transition_not_allowed";

    protected override PlainDetail First(
        Event first, ProjectSettings settings, PlainDetail? before) => new(1, "open");

    protected override PlainDetail Next(
        PlainDetail detail, Event next, ProjectSettings settings) =>
        detail with { Events = detail.Events + 1 };

    protected override PlainDetail After(PlainDetail detail, StaffAction action) =>
        action.Type == ActionTypes.Status ? detail with { Status = action.To! } : detail;

    protected override Lifecycle Judge(
        PlainDetail detail, SessionSpan span, ProjectSettings settings) =>
        Lifecycle.Settled(detail.Status, SessionEdge.Open);

    protected override IReadOnlyList<object?> Values(PlainDetail detail, SessionSpan span) =>
        [(long)detail.Events];
}
