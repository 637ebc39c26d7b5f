using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Sojourn.Sessions;

namespace Sojourn.Queries;

/// <summary>A question about one person's sessions, of all kinds together, newest first.</summary>
public sealed record PersonQuery
{
    /// <summary>The lists whose sessions are wanted; empty = all.</summary>
    public IReadOnlyList<Lens> Only { get; init; } = [];

    /// <summary>Regard to suppression.</summary>
    public SuppressedView Suppressed { get; init; }

    /// <summary>True when archived sessions are wanted too.</summary>
    public bool Archived { get; init; }

    /// <summary>Rows wanted.</summary>
    public int Limit { get; init; } = SessionQuery.LimitDefault;

    /// <summary>The session after which the page begins, or null for the first page.</summary>
    public (long StartedUs, SessionId Id)? After { get; init; }

    /// <summary>Reads a question; false with what is wrong with it.</summary>
    /// <param name="parameters">Names and texts, in any order.</param>
    /// <param name="lenses">The lists it may be about, one for each kind.</param>
    /// <param name="query">The question, when the result is true.</param>
    /// <param name="fault">What is wrong with it, when the result is false.</param>
    public static bool TryRead(
        IEnumerable<KeyValuePair<string, string>> parameters,
        IReadOnlyList<Lens> lenses,
        [NotNullWhen(true)] out PersonQuery? query,
        [NotNullWhen(false)] out QueryFault? fault)
    {
        (query, fault) = (null, null);
        var asked = new PersonQuery();
        foreach (var (name, text) in parameters)
        {
            (asked, fault) = With(asked, lenses, name, text);
            if (fault is not null)
                return false;
        }

        query = asked;
        return true;
    }

    /// <summary>The parameters it is written with, and their meaning.</summary>
    public static IReadOnlyList<(string Name, string Text)> ParametersOf(
        IReadOnlyList<Lens> lenses) =>
    [
        ("lens", $"One of {NamesOf(lenses)}; repeat it for or."),
        ("suppressed", "hide (default), only or all."),
        ("archived", "true to see archived sessions too."),
        ("limit", $"1 to {SessionQuery.LimitMax}."),
        ("cursor", "The last answer's next."),
    ];

    /// <summary>The outside form of a place in the answer.</summary>
    public static string CursorOf(Session last) => string.Create(
        CultureInfo.InvariantCulture, $"{last.StartedUs}.{last.Id}");

    private static (PersonQuery Asked, QueryFault? Fault) With(
        PersonQuery asked, IReadOnlyList<Lens> lenses, string name, string text)
    {
        switch (name)
        {
            case "lens":
                return lenses.FirstOrDefault(one => one.Name == text) is { } lens
                    ? (asked with { Only = [.. asked.Only, lens] }, null)
                    : (asked, new(name, "There is no such list.",
                        $"Use one of {NamesOf(lenses)}."));
            case "suppressed":
                return QueryText.TryView(text, out var view)
                    ? (asked with { Suppressed = view }, null) : (asked, QueryText.NoView(name));
            case "archived":
                return text is "true" or "false"
                    ? (asked with { Archived = text == "true" }, null)
                    : (asked, new(name, "This is neither true nor false.", "Use true."));
            case "limit":
                return QueryText.TryLimit(text, SessionQuery.LimitMax, out var limit)
                    ? (asked with { Limit = limit }, null) : (asked, QueryText.NoLimit(name));
            case "cursor":
                return TryPlace(text, lenses, out var place)
                    ? (asked with { After = place }, null)
                    : (asked, new(name, "The cursor is none of ours.",
                        "Use the last answer's next, or leave it out."));
            default:
                return (asked, QueryText.Unknown(
                    name, ParametersOf(lenses).Select(one => one.Name)));
        }
    }

    private static bool TryPlace(
        string text, IReadOnlyList<Lens> lenses, out (long StartedUs, SessionId Id) place)
    {
        place = default;
        var dot = text.IndexOf('.');
        return dot > 0
            && long.TryParse(
                text[..dot], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
                out place.StartedUs)
            && SessionId.TryParse(text[(dot + 1)..], out place.Id)
            && HasKindOf(lenses, place.Id);
    }

    private static bool HasKindOf(IReadOnlyList<Lens> lenses, SessionId id) =>
        lenses.Any(lens => lens.Kind.IdPrefix == id.Kind);

    private static string NamesOf(IReadOnlyList<Lens> lenses) =>
        string.Join(", ", lenses.Select(lens => lens.Name));
}
