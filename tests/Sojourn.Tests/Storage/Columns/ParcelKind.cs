using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Sessions;

namespace Sojourn.Tests.Storage.Columns;

/// <summary>
/// A kind with a field of each sort. Its sessions are made by hand, never folded.
/// </summary>
internal sealed class ParcelKind : SessionKind<string>
{
    public static readonly Field Topic = new("topic", FieldType.Category) { Counted = true };
    public static readonly Field Town = new("town", FieldType.Category) { Searched = true };
    public static readonly Field Labels = new("labels", FieldType.Set) { Counted = true };
    public static readonly Field Points = new("points", FieldType.Number);
    public static readonly Field Stops = new("stops", FieldType.Number);
    public static readonly Field Due = new("due", FieldType.Time);
    public static readonly Field Value = new("value", FieldType.Money);
    public static readonly Field Address = new("address", FieldType.Text) { Searched = true };
    public static readonly Field Memo = new("memo", FieldType.Text);
    public static readonly Field Phone = new("phone", FieldType.Text) { ShownOnly = true };

    public static readonly ParcelKind Instance = new();

    public static readonly Lens Parcels = new()
    {
        Name = "parcels",
        Singular = "parcel",
        Kind = Instance,
        Fields = Instance.Fields,
    };

    public static readonly Lens ParcelsByStops = Parcels with { EventCount = Stops };

    public override string Name => "parcel";

    public override char IdPrefix => 'p';

    public override bool ByPerson => false;

    public override IReadOnlyList<Field> Fields { get; } =
        [Topic, Town, Labels, Points, Stops, Due, Value, Address, Memo, Phone];

    public override string? RefusalOf(Session session, StaffAction action, long nowUs) => null;

    protected override string First(Event first, ProjectSettings settings, string? before) => "";

    protected override string Next(string detail, Event next, ProjectSettings settings) => detail;

    protected override Lifecycle Judge(
        string detail, SessionSpan span, ProjectSettings settings) =>
        Lifecycle.Settled("sent", SessionEdge.Open);

    protected override IReadOnlyList<object?> Values(string detail, SessionSpan span) => [];
}
