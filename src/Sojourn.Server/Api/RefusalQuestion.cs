using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Sojourn.Ingest;
using Sojourn.Queries;

namespace Sojourn.Server.Api;

/// <summary>
/// Reads questions about refusals as addresses write them. Bad input is an ordinary answer.
/// </summary>
internal static class RefusalQuestion
{
    /// <summary>The parameters there are, and their meaning.</summary>
    public static IReadOnlyList<(string Name, string Text)> Parameters { get; } =
    [
        ("code", "A code of docs/errors.md; repeat it for or."),
        ("source", $"One of {string.Join(", ", Sending.Sources)}; repeat it for or."),
        ("q", "Part of the event's name or id, of the code or the field."),
        ("limit", $"1 to {Limits.RefusalsKept}."),
        ("offset", $"0 to {Limits.RefusalsKept}."),
    ];

    /// <summary>Reads a question; false with what is wrong with it.</summary>
    public static bool TryRead(
        IEnumerable<KeyValuePair<string, string>> parameters,
        [NotNullWhen(true)] out RefusalQuery? query,
        [NotNullWhen(false)] out QueryFault? fault)
    {
        (query, fault) = (null, null);
        var asked = new RefusalQuery();
        foreach (var (name, text) in parameters)
        {
            (asked, fault) = With(asked, name, text);
            if (fault is not null)
                return false;
        }

        query = asked;
        return true;
    }

    private static (RefusalQuery Asked, QueryFault? Fault) With(
        RefusalQuery asked, string name, string text)
    {
        switch (name)
        {
            case "code" when RefusalCodes.All.Any(one => one.Code == text):
                return (asked with { Codes = [.. asked.Codes, text] }, null);
            case "code":
                return (asked, new(name, "There is no such code.", "See docs/errors.md."));
            case "source" when Sending.Sources.Contains(text):
                return (asked with { Sources = [.. asked.Sources, text] }, null);
            case "source":
                return (asked, new(name, "There is no such source.",
                    $"Use one of {string.Join(", ", Sending.Sources)}."));
            case "q" when text.Length <= QueryParser.ValueCharsMax:
                return (asked with { Text = text.Length == 0 ? null : text }, null);
            case "q":
                return (asked, new(name, "The text is too long.",
                    $"Use up to {QueryParser.ValueCharsMax} characters."));
            case "limit" when TryNumber(text, 1, out var limit):
                return (asked with { Limit = limit }, null);
            case "offset" when TryNumber(text, 0, out var offset):
                return (asked with { Offset = offset }, null);
            default:
                return (asked, new(name, "The parameter is not understood.",
                    $"Use {string.Join(", ", Parameters.Select(one => one.Name))}; "
                    + $"numbers up to {Limits.RefusalsKept}."));
        }
    }

    private static bool TryNumber(string text, int least, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        && number >= least && number <= Limits.RefusalsKept;
}
