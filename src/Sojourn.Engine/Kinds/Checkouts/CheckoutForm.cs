using System.Text.Json;
using Sojourn.Events;

namespace Sojourn.Kinds.Checkouts;

/// <summary>What an order form asks for, and how much of it is filled.</summary>
public sealed record CheckoutForm
{
    /// <summary>A form of which nothing is known.</summary>
    public static CheckoutForm Empty { get; } = new();

    /// <summary>Names of the required fields; empty when it declared none.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Fields now validly filled, sorted.</summary>
    public IReadOnlyList<string> Filled { get; init; } = [];

    /// <summary>Its sections in their order; empty when it has none.</summary>
    public IReadOnlyList<FormSection> Sections { get; init; } = [];

    /// <summary>Fields that were touched, in the order of the first touch.</summary>
    public IReadOnlyList<string> Touched { get; init; } = [];

    /// <summary>The field touched last, or null.</summary>
    public string? LastField => LastTouched;

    internal string? LastTouched { get; init; }

    /// <summary>0–99, or null when no fields are known.</summary>
    /// <remarks>
    /// With weights, each section counts by its weight with the share of its required fields
    /// that are filled; required fields in no section are a section of weight 1.
    /// </remarks>
    public int? Progress
    {
        get
        {
            if (Required.Count == 0)
                return null;
            if (Sections.All(section => section.Weight is null))
                return Math.Min(99, 100 * Filled.Count(Required.Contains) / Required.Count);

            var parts = Sections
                .Select(one => (Weight: one.Weight ?? 1m, Asked: one.Fields.Where(IsRequired)))
                .Append((Weight: 1m, Asked: Required.Where(name => SectionOf(name) is null)))
                .Select(part => (part.Weight, Asked: part.Asked.ToList()))
                .Where(part => part.Asked.Count > 0 && part.Weight > 0)
                .ToList();
            var all = parts.Sum(part => part.Weight);
            return all == 0 ? null : (int)Math.Min(99, Math.Floor(100 * parts.Sum(part =>
                part.Weight * part.Asked.Count(Filled.Contains) / part.Asked.Count) / all));
        }
    }

    /// <summary>The section a field is in, or null.</summary>
    public string? SectionOf(string? field) =>
        field is null ? null : Sections.FirstOrDefault(one => one.Fields.Contains(field))?.Name;

    /// <summary>The form as an event describes it; parts it does not tell stay.</summary>
    internal CheckoutForm With(Event e) => this with
    {
        Required = NamesOf(e, "required") ?? Required,
        Filled = NamesOf(e, "filled") is { } filled ? [.. filled.Order()] : Filled,
        Sections = SectionsOf(e) ?? Sections,
    };

    internal CheckoutForm Touch(string field) => this with
    {
        LastTouched = field,
        Touched = Touched.Contains(field) || Touched.Count >= FieldsMax
            ? Touched : [.. Touched, field],
    };

    internal CheckoutForm Fill(string field) =>
        Filled.Contains(field) || Filled.Count >= FieldsMax
            ? this : this with { Filled = [.. Filled.Append(field).Order()] };

    internal CheckoutForm Empties(string? field) =>
        field is null || !Filled.Contains(field)
            ? this : this with { Filled = [.. Filled.Where(one => one != field)] };

    /// <summary>Fields of one form that are looked at.</summary>
    private const int FieldsMax = 200;

    private bool IsRequired(string field) => Required.Contains(field);

    private static List<string>? NamesOf(Event e, string property) =>
        e.Properties.Get(property) is { ValueKind: JsonValueKind.Array } names
            ? NamesOf(names)
            : null;

    private static List<string> NamesOf(JsonElement names) =>
    [
        .. names.EnumerateArray().Select(Numbers.TextOf).OfType<string>().Distinct()
            .Take(FieldsMax),
    ];

    private static List<FormSection>? SectionsOf(Event e)
    {
        if (e.Properties.Get("sections") is not { ValueKind: JsonValueKind.Object } told)
            return null;

        var weights = e.Properties.Get("section_weights");
        return
        [
            .. from one in told.EnumerateObject().Take(FieldsMax)
               where one.Value.ValueKind == JsonValueKind.Array
               select new FormSection(one.Name, NamesOf(one.Value), WeightOf(weights, one.Name)),
        ];
    }

    private static decimal? WeightOf(JsonElement? weights, string section) =>
        weights is { ValueKind: JsonValueKind.Object } told
            && Numbers.NumberOf(told, section) is { } weight and >= 0
            ? weight
            : null;
}

/// <summary>A part of a form.</summary>
/// <param name="Name">As the form calls it.</param>
/// <param name="Fields">Names of its fields.</param>
/// <param name="Weight">How much it counts for progress, not negative; null = not told.</param>
public sealed record FormSection(string Name, IReadOnlyList<string> Fields, decimal? Weight);
