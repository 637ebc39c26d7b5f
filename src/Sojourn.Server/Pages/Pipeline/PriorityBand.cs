using Sojourn.Events;
using Sojourn.Kinds.Checkouts;
using Sojourn.Kinds.Checkouts.Recovery;
using Sojourn.Queries;
using Sojourn.Sessions;

namespace Sojourn.Server.Pages.Pipeline;

/// <summary>
/// A priority as conditions of the list: each level ends at an instant that is a field.
/// </summary>
/// <param name="Level">One of <see cref="Priority.Levels"/>.</param>
/// <param name="Filters">What holds for checkouts of the level now.</param>
internal sealed record PriorityBand(string Level, IReadOnlyList<Between> Filters)
{
    private static readonly Field[] Ends =
        [CheckoutFields.UrgentUntil, CheckoutFields.HighUntil, CheckoutFields.MediumUntil];

    /// <summary>Names of the fields it asks for.</summary>
    public static IReadOnlyList<string> Fields { get; } = [.. Ends.Select(one => one.Name)];

    /// <summary>The conditions as parameters of a list's address.</summary>
    public IEnumerable<KeyValuePair<string, string>> Parameters =>
        Filters.Select(one => one.Min is { } min
            ? KeyValuePair.Create(one.Field.Name + "_min", Micros.ToText(min))
            : KeyValuePair.Create(one.Field.Name + "_max", Micros.ToText(one.Max ?? 0)));

    /// <summary>A level at an instant, microseconds UTC; null when there is none such.</summary>
    public static PriorityBand? Of(string? level, long nowUs)
    {
        var place = Priority.Levels.ToList().IndexOf(level ?? "");
        if (place < 0)
            return null;

        var filters = new List<Between>();
        if (place > 0)
            filters.Add(new(Ends[place - 1], null, nowUs));
        if (place < Ends.Length)
            filters.Add(new(Ends[place], nowUs + 1, null));
        return new(level!, filters);
    }
}
