using System.Text.RegularExpressions;
using Sojourn.Ingest;
using Sojourn.Server;
using Sojourn.Server.Pages;
using Sojourn.Server.Pages.Connecting;
using Sojourn.Server.Pages.Debugging;
using Sojourn.Server.Pages.EventBrowser;
using Sojourn.Server.Pages.Lists;
using Sojourn.Server.Pages.Pipeline;
using Sojourn.Tests.Tidy;
using Xunit;

namespace Sojourn.Tests.Server.Pages;

/// <summary>No page is half in one language.</summary>
public sealed partial class LanguageTests
{
    private static readonly Language Arabic = Language.Of("ar");

    [Fact]
    public void Every_text_of_a_component_has_its_translation() => Findings.AreNone(
        from file in Directory.EnumerateFiles(
            Repository.At("src", "Sojourn.Server"), "*.razor", SearchOption.AllDirectories)
        from Match call in Call().Matches(File.ReadAllText(file))
        from Capture text in call.Groups["text"].Captures
        where !Arabic.Known.Contains(Regex.Unescape(text.Value))
        select $"{Path.GetFileName(file)}: {text.Value}");

    [Fact]
    public void Every_word_of_a_list_has_its_translation() => Findings.AreNone(
        from page in Program.Pages.All
        from text in WordsOf(page)
        where text.Length > 0 && !Arabic.Known.Contains(text)
        select $"{page.Title}: {text}");

    [Fact]
    public void Every_word_of_the_debugger_has_its_translation() => Findings.AreNone(
        from text in (IEnumerable<string>)
        [
            .. RefusalCodes.All.SelectMany(one => new[] { one.Title, one.Hint }),
            .. SourceWords.All.Values,
            .. TrustWords.All.Values.SelectMany(one => new[] { one.Word, one.Meaning }),
            .. Way.All("https://host", "key").SelectMany(one => new[] { one.Title, one.Place }),
        ]
        where !Arabic.Known.Contains(text)
        select text);

    [Fact]
    public void Every_word_of_the_board_has_its_translation() => Findings.AreNone(
        from text in (IEnumerable<string>)
        [
            BoardAddress.View.Title, BoardAddress.View.FullTitle,
            .. CardWords.Priorities.Values, .. CardWords.Channels.Values,
            .. CardWords.DueParts.Values,
            .. from name in new[] { "BoardOutcomes.cs", "CardWords.cs", "PipelinePage.razor" }
               from Match told in Sentence().Matches(File.ReadAllText(
                   Repository.At("src", "Sojourn.Server", "Pages", "Pipeline", name)))
               select told.Groups["text"].Value,
        ]
        where !Arabic.Known.Contains(text)
        select text);

    [Fact]
    public void Every_source_has_its_words() =>
        Assert.Equal(Sending.Sources.Order(), SourceWords.All.Keys.Order());

    [Fact]
    public void A_translation_keeps_the_places_for_values() => Findings.AreNone(
        from text in Arabic.Known
        where !Places(text).SetEquals(Places(Arabic[text]))
        select $"{text} → {Arabic[text]}");

    [Fact]
    public void What_has_no_translation_stays_English() =>
        Assert.Equal("No such text", Arabic["No such text"]);

    private static IEnumerable<string> WordsOf(LensPage page) =>
    [
        page.Title, page.ShortTitle, page.SearchHint, page.Needs,
        .. page.Columns.Select(one => one.Title),
        .. page.Filters.Select(one => one.Title),
        .. page.Filters.OfType<RangeFilter>().Select(one => one.Unit),
        .. page.Filters.OfType<ValueFilter>().SelectMany(one => one.Words.Values),
        .. page.Statuses.SelectMany(one => new[] { one.Label, one.Advice }),
        .. page.Lens.Statuses.SelectMany(page.StepsFrom).Select(one => one.Label),
        .. page.Telling is { } telling ? new[] { telling.One, telling.Many } : [],
        .. PeriodFilter.Lengths.Select(one => one.Words),
    ];

    private static HashSet<string> Places(string text) =>
        [.. Place().Matches(text).Select(one => one.Value)];

    // T("one text", values) and T(condition ? "one text" : "another").
    [GeneratedRegex("""\bT\((?:[^"()]*\? )?"(?<text>(?:[^"\\]|\\.)*)"(?: : "(?<text>[^"]*)")?""")]
    private static partial Regex Call();

    // Words("one text") and language["one text"], and what a key does.
    [GeneratedRegex(
        """(?:\b(?:Words|Bad|Format)\(|language\[|\("[^"]+", )\s*"(?<text>[^"]+)"(?:[\]),])""")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
