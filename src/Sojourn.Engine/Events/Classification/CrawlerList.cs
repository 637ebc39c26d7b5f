using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Sojourn.Events.Classification;

/// <summary>
/// Tells machines by their user agent, case-sensitively. Source of the patterns: crawlers.txt
/// beside this file.
/// </summary>
internal sealed class CrawlerList
{
    private readonly SearchValues<string> _words;
    private readonly Regex[] _patterns;

    private CrawlerList(IReadOnlyCollection<string> patterns)
    {
        // Nearly all patterns are plain words once their escapes are taken off; they are
        // searched all at once, and only the rest one by one.
        var words = patterns.Select(WordOf).OfType<string>().ToArray();
        _words = SearchValues.Create(words, StringComparison.Ordinal);
        _patterns = [.. patterns.Where(pattern => WordOf(pattern) is null).Select(ToRegex)];
    }

    /// <summary>The list that ships with the product.</summary>
    public static CrawlerList Shipped { get; } =
        new([.. ShippedFile.LinesBeside<CrawlerList>("crawlers.txt")]);

    /// <summary>True when the user agent is a machine's.</summary>
    public bool Matches(string userAgent) =>
        userAgent.AsSpan().ContainsAny(_words)
        || _patterns.Any(pattern => pattern.IsMatch(userAgent));

    // Without backtracking a match takes time in step with the text's length, which is limited.
    // So there is no time limit: on a busy machine one would make the answer depend on luck.
    private static Regex ToRegex(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static string? WordOf(string pattern)
    {
        var word = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            var escaped = pattern[i] == '\\';
            if (escaped && char.IsAsciiLetterOrDigit(pattern[++i]))
                return null;
            if (!escaped && @"^$.|?*+()[]{}".Contains(pattern[i], StringComparison.Ordinal))
                return null;

            word.Append(pattern[i]);
        }

        return word.ToString();
    }
}
