using System.Globalization;
using System.Text;

namespace Sojourn.Events;

/// <summary>
/// The form of a text in which search compares: every letter in lower case and without accents.
/// Folding goes letter by letter, so a part of a text folds to a part of the folded text.
/// </summary>
public static class FoldedText
{
    private const char Dropped = '\uFFFF';

    private static readonly char[] Folds = BuildFolds();

    /// <summary>
    /// Upper case becomes lower case (simple mappings, also between the two sigmas), letters with
    /// accents become the letters under them, marks that stand alone are dropped.
    /// </summary>
    public static string Of(string text)
    {
        var folded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && Rune.TryGetRuneAt(text, i, out var rune))
            {
                folded.Append(Rune.ToLowerInvariant(rune).ToString());
                i++;
            }
            else if (Folds[text[i]] is var fold and not Dropped)
            {
                folded.Append(fold);
            }
        }

        return folded.ToString();
    }

    private static char[] BuildFolds()
    {
        var folds = new char[char.MaxValue + 1];
        for (var i = 0; i < folds.Length; i++)
        {
            folds[i] = CharUnicodeInfo.GetUnicodeCategory((char)i) == UnicodeCategory.NonSpacingMark
                ? Dropped
                : char.ToLowerInvariant(char.ToUpperInvariant((char)i));
        }

        var bare = new Dictionary<char, char>();
        for (var i = 0; i < Accents.Pairs.Length; i += 2)
            bare[Accents.Pairs[i]] = Accents.Pairs[i + 1];
        for (var i = 0; i < folds.Length; i++)
            folds[i] = bare.GetValueOrDefault(folds[i], folds[i]);
        return folds;
    }
}
