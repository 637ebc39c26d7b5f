using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Sessions;

namespace Sojourn.Storage.Postgres;

/// <summary>The one text of a session that the text search looks into.</summary>
internal static class SearchedText
{
    // Folding never gives this character, so that no match reaches across two fields.
    private const char Between = '\uFFFF';

    /// <summary>The searched fields of a session, folded.</summary>
    public static string Of(Session session, SessionKind kind)
    {
        var texts = kind.Fields
            .SelectMany((field, place) => field.Searched ? Texts(session.Values[place]) : [])
            .Concat([session.PersonId, session.UserId, session.AnonymousId])
            .Append(CommonFields.Email.Searched ? session.Email : null)
            .Append(CommonFields.Name.Searched ? session.Name : null);
        return string.Join(Between, texts.OfType<string>().Distinct().Select(FoldedText.Of));
    }

    /// <summary>
    /// The pattern of SQL's <c>like</c> that finds a text; null when every session meets it.
    /// </summary>
    public static string? PatternOf(string? text) =>
        FoldedText.Of(text ?? "") is { Length: > 0 } folded ? $"%{Escaped(folded)}%" : null;

    private static IEnumerable<string?> Texts(object? value) => value switch
    {
        string text => [text],
        IEnumerable<string> words => words,
        _ => [],
    };

    private static string Escaped(string folded) => folded
        .Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("%", @"\%", StringComparison.Ordinal)
        .Replace("_", @"\_", StringComparison.Ordinal);
}
