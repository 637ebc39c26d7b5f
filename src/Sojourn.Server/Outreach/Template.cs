using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Sojourn.Server.Outreach;

/// <summary>
/// A text with places for values: <c>{{first_name|there}}</c> is the value, or the words after
/// the bar when there is none. It knows no logic, and a value is never read as a template.
/// </summary>
public sealed class Template
{
    /// <summary>Characters of a template.</summary>
    public const int CharsMax = 8_000;

    /// <summary>Characters of a value that are shown.</summary>
    public const int ValueCharsMax = 300;

    private const string Opening = "{{";
    private const string Closing = "}}";

    private readonly IReadOnlyList<Part> _parts;

    private Template(IReadOnlyList<Part> parts) => _parts = parts;

    /// <summary>The variables it asks for, each once, in the order they come.</summary>
    public IReadOnlyList<string> Variables =>
        [.. _parts.Select(part => part.Variable).OfType<string>().Distinct()];

    /// <summary>Reads a template; false when it could not be what its writer meant.</summary>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out Template? template,
        [NotNullWhen(false)] out TemplateFault? fault)
    {
        template = null;
        var parts = new List<Part>();
        fault = text.Length > CharsMax
            ? new("It is too long.", $"Use up to {CharsMax} characters.")
            : Parse(text, parts);
        if (fault is not null)
            return false;

        template = new Template(parts);
        return true;
    }

    /// <summary>The text with its values.</summary>
    /// <param name="values">By variable; null, empty or absent = there is none.</param>
    public string Render(IReadOnlyDictionary<string, string?> values)
    {
        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            text.Append(part.Variable is { } variable
                ? ValueOf(values, variable) ?? part.Words
                : part.Words);
        }

        return text.ToString();
    }

    /// <summary>Variables that have neither a value nor words to stand in for it.</summary>
    public IReadOnlyList<string> Missing(IReadOnlyDictionary<string, string?> values) =>
    [
        .. _parts
            .Where(part => part.Variable is { } variable
                && part.Words is null && ValueOf(values, variable) is null)
            .Select(part => part.Variable!) // Those with a name were kept.
            .Distinct(),
    ];

    private static TemplateFault? Parse(string text, List<Part> parts)
    {
        var at = 0;
        while (text.IndexOf(Opening, at, StringComparison.Ordinal) is >= 0 and var opened)
        {
            var inside = opened + Opening.Length;
            var closed = text.IndexOf(Closing, inside, StringComparison.Ordinal);
            if (closed < 0)
                return new($"{Opening} is never closed.", $"End the variable with {Closing}.");

            parts.Add(new Part(null, text[at..opened]));
            if (PartOf(text[inside..closed], out var part) is { } fault)
                return fault;

            parts.Add(part);
            at = closed + Closing.Length;
        }

        parts.Add(new Part(null, text[at..]));
        return null;
    }

    private static TemplateFault? PartOf(string inside, out Part part)
    {
        var bar = inside.IndexOf('|', StringComparison.Ordinal);
        var name = (bar < 0 ? inside : inside[..bar]).Trim();
        part = new Part(name, bar < 0 ? null : inside[(bar + 1)..].Trim());
        return TemplateVariables.All.Contains(name)
            ? null
            : new($"There is no variable {Short(name)}.",
                $"Use one of {string.Join(", ", TemplateVariables.All)}.");
    }

    private static string? ValueOf(IReadOnlyDictionary<string, string?> values, string name)
    {
        var value = values.GetValueOrDefault(name);
        if (string.IsNullOrWhiteSpace(value))
            return null;

        return TemplateVariables.IsOurs(name) ? value : TemplateVariables.Plain(value);
    }

    private static string Short(string name) => name.Length > 40 ? name[..40] + "…" : name;

    private sealed record Part(string? Variable, string? Words);
}

/// <summary>Why a text is no template.</summary>
/// <param name="Message">What is wrong.</param>
/// <param name="Hint">What to write instead.</param>
public sealed record TemplateFault(string Message, string Hint);
