using System.Collections.Concurrent;

namespace Sojourn.Events.Classification;

/// <summary>
/// Says which events are no people's doing. Events are classified and never dropped, so taking
/// a rule away brings its events back. Safe to use from several threads.
/// </summary>
/// <remarks>
/// In this order: <c>crawler</c> (a user agent of the shipped list), <c>mail_machine</c>
/// (<c>email_open</c> or <c>email_click</c> with <c>machine: true</c>), <c>mail_provider</c> (a
/// mail's delivery and the like), <c>test</c> (a property <c>test: true</c>), then the project's
/// own rules.
/// </remarks>
public sealed class SuppressionRules(IReadOnlyList<SuppressionRule> own)
{
    private const int KnownAgentsMax = 20_000;

    private ConcurrentDictionary<string, bool> _crawlers = new(StringComparer.Ordinal);

    /// <summary>A user agent of the shipped crawler list.</summary>
    public const string Crawler = "crawler";

    /// <summary>A mail opened or followed by a scanner instead of a person.</summary>
    public const string MailMachine = "mail_machine";

    /// <summary>What a mail's provider did by itself, such as delivering it.</summary>
    public const string MailProvider = "mail_provider";

    /// <summary>Traffic its sender marked as a test.</summary>
    public const string Test = "test";

    /// <summary>The rules of a project that has none of its own.</summary>
    public static SuppressionRules Default { get; } = new([]);

    /// <summary>The name of the first rule that suppresses an event, or null.</summary>
    public string? RuleFor(Event e)
    {
        if (e.Context.UserAgent is { } userAgent && IsCrawler(userAgent))
            return Crawler;
        if (e.Name is EventNames.EmailOpen or EventNames.EmailClick
            && e.Properties.Flag("machine") == true)
        {
            return MailMachine;
        }

        if (MailEventNames.IsOfProvider(e.Name))
            return MailProvider;
        if (e.Properties.Flag("test") == true)
            return Test;

        foreach (var rule in own)
        {
            if (rule.Matches(e))
                return rule.Name;
        }

        return null;
    }

    private bool IsCrawler(string userAgent)
    {
        if (_crawlers.TryGetValue(userAgent, out var known))
            return known;

        var found = CrawlerList.Shipped.Matches(userAgent);
        if (_crawlers.Count >= KnownAgentsMax)
            _crawlers = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);

        _crawlers[userAgent] = found;
        return found;
    }
}
