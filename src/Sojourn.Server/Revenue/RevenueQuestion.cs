using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Sojourn.Events;
using Sojourn.Kinds.Checkouts;
using Sojourn.Queries;
using Sojourn.Server.Paths;
using Sojourn.Sessions;

namespace Sojourn.Server.Revenue;

/// <summary>What is asked about recovered money.</summary>
/// <param name="Period">When the orders were placed; whole days of the project's zone.</param>
public sealed record RevenueQuestion(PathPeriod Period)
{
    /// <summary>Days when nobody says.</summary>
    public const int DaysDefault = 90;

    /// <summary>The lengths of <c>within</c>, in days.</summary>
    public static IReadOnlyList<int> Lengths { get; } = [7, 30, 90, 365];

    /// <summary>The list of exactly the recovered orders of the period.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Recovered =>
    [
        new(CommonFields.Status.Name, CheckoutStatus.Recovered),
        new(CheckoutFields.Ordered.Name + "_min", Micros.ToText(Period.FromUs)),
        new(CheckoutFields.Ordered.Name + "_max", Micros.ToText(Period.ToUs - 1)),
        new("archived", "true"),
    ];

    /// <summary>The list of exactly the sessions a figure counts.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ListOf(Figure figure) =>
    [
        .. Recovered.Where(one => figure.Filter.All(own => own.Key != one.Key)),
        .. figure.Filter,
    ];

    /// <summary>Reads <c>within</c>, one of <see cref="Lengths"/> in days: <c>30d</c>.</summary>
    public static bool TryRead(
        IEnumerable<KeyValuePair<string, string>> parameters,
        ProjectSettings settings,
        long nowUs,
        [NotNullWhen(true)] out RevenueQuestion? question,
        [NotNullWhen(false)] out QueryFault? fault)
    {
        (question, fault) = (null, null);
        var days = DaysDefault;
        foreach (var (name, text) in parameters)
        {
            if (name != "within")
            {
                fault = new(name, "There is no such parameter here.", "Use within.");
                return false;
            }

            if (!text.EndsWith('d')
                || !int.TryParse(text[..^1], CultureInfo.InvariantCulture, out days)
                || !Lengths.Contains(days))
            {
                fault = new(name, "There is no such period here.",
                    $"Use one of {string.Join(", ", Lengths.Select(one => $"{one}d"))}.");
                return false;
            }
        }

        question = new RevenueQuestion(
            PathPeriod.Days(days, nowUs, ProjectZone.Of(settings)));
        return true;
    }
}
