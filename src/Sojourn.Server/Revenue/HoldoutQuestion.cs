using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Server.Paths;

namespace Sojourn.Server.Revenue;

/// <summary>Which of the compared people a list shows.</summary>
/// <param name="Period">When their time ended, or it goes on.</param>
public sealed record HoldoutQuestion(PathPeriod Period)
{
    /// <summary>Most people of a page.</summary>
    public const int PageMax = 200;

    /// <summary>What is asked for besides the time, and what may be said.</summary>
    public static IReadOnlyList<(string Name, string Text)> Parameters { get; } =
    [
        ("rule", "The id of a rule."),
        ("share", "0 to 50: of a hundred people, how many are left alone."),
        ("side", "written_to or held_out."),
        ("outcome", $"Some of {string.Join(", ", HoldoutOutcome.All)}."),
        ("offset", "How many to leave out, from 0."),
    ];

    /// <summary>Of this rule; null = of any.</summary>
    public string? Rule { get; init; }

    /// <summary>Decided under this share; null = under any.</summary>
    public int? Share { get; init; }

    /// <summary>True for who was left alone; null = both sides.</summary>
    public bool? IsHeldOut { get; init; }

    /// <summary>What became of them; empty = anything.</summary>
    public IReadOnlyList<string> Outcomes { get; init; } = [];

    /// <summary>How many are left out before the page.</summary>
    public int Offset { get; init; }

    /// <summary>Reads an address; false with what is wrong.</summary>
    public static bool TryRead(
        IEnumerable<KeyValuePair<string, string>> parameters,
        ProjectSettings settings,
        long nowUs,
        [NotNullWhen(true)] out HoldoutQuestion? question,
        [NotNullWhen(false)] out QueryFault? fault)
    {
        question = null;
        var asked = parameters.ToLookup(one => Parameters.Any(known => known.Name == one.Key));
        if (!RevenueQuestion.TryRead(asked[false], settings, nowUs, out var about, out fault))
            return false;

        question = new HoldoutQuestion(about.Period);
        foreach (var (name, text) in asked[true])
        {
            if (question.With(name, text) is not { } next)
            {
                question = null;
                fault = new QueryFault(
                    name, $"This is no {name}.",
                    Parameters.First(known => known.Name == name).Text);
                return false;
            }

            question = next;
        }

        return true;
    }

    /// <summary>The question for exactly the people a number counts.</summary>
    /// <param name="of">The rule and share.</param>
    /// <param name="isHeldOut">The side.</param>
    /// <param name="outcomes">What became of them.</param>
    public static string Of(
        HoldoutComparison of, bool isHeldOut, params IEnumerable<string> outcomes) =>
        string.Join('&', outcomes.Select(outcome => $"outcome={outcome}").Prepend(string.Create(
            CultureInfo.InvariantCulture,
            $"rule={of.Rule}&share={of.Share}&side={SideOf(isHeldOut)}")));

    /// <summary>A side as a word.</summary>
    public static string SideOf(bool isHeldOut) => isHeldOut ? "held_out" : "written_to";

    /// <summary>True for a person it asks for.</summary>
    public bool Asks(ComparedPerson one) =>
        (Rule is null || one.Decision.Rule == Rule)
        && (Share is null || one.Decision.Arm.Share == Share)
        && (IsHeldOut is null || one.Decision.Arm.IsHeldOut == IsHeldOut)
        && (Outcomes.Count == 0 || Outcomes.Contains(one.Outcome));

    private HoldoutQuestion? With(string name, string text) => name switch
    {
        "rule" => this with { Rule = text },
        "share" => Number(text) is <= 50 and var share ? this with { Share = share } : null,
        "side" => text is "held_out" or "written_to"
            ? this with { IsHeldOut = text == "held_out" }
            : null,
        "outcome" => HoldoutOutcome.All.Contains(text)
            ? this with { Outcomes = [.. Outcomes, text] }
            : null,
        _ => Number(text) is { } offset ? this with { Offset = offset } : null,
    };

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
