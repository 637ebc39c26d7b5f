using Sojourn.Events;
using Sojourn.Sessions;

namespace Sojourn.Tests.Storage.Sqlite;

/// <summary>A kind by key: all events of one name are one session.</summary>
internal sealed class PlainKey : SessionKind<PlainDetail>
{
    public override string Name => "plain";

    public override char IdPrefix => 'p';

    public override bool ByPerson => false;

    public override IReadOnlyList<Field> Fields { get; } = [];

    public override string? KeyOf(Event e) => e.Name;

    public override string? RefusalOf(Session session, StaffAction action, long nowUs) => null;

    protected override PlainDetail First(
        Event first, ProjectSettings settings, PlainDetail? before) => new(1, "open");

    protected override PlainDetail Next(
        PlainDetail detail, Event next, ProjectSettings settings) =>
        detail with { Events = detail.Events + 1 };

    protected override Lifecycle Judge(
        PlainDetail detail, SessionSpan span, ProjectSettings settings) =>
        Lifecycle.Settled(detail.Status, SessionEdge.Open);

    protected override IReadOnlyList<object?> Values(PlainDetail detail, SessionSpan span) => [];
}
