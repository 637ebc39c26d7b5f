using System.Collections.Concurrent;
using Sojourn.Events.Rules;

namespace Sojourn.Events.Classification;

/// <summary>
/// Says which events are no people's doing. Events are classified and never dropped, so taking
/// a rule away brings its events back. Safe to use from several threads.
/// </summary>
/// <remarks>
/// In this order: <c>crawler</c> (a user agent of the shipped list), <c>mail_machine</c>
/// (<c>email_open</c> or <c>email_click</c> with <c>machine: true</c>), <c>mail_provider</c> (a
/// mail's delivery and the like), <c>shop</c> (a shop's own notices), <c>test</c> (a property
/// <c>test: true</c>), the project's own filters; then what the events around say:
/// <c>mail_scanner</c>, <c>opened_early</c>,
/// <c>too_fast</c>. The formulas are in docs/guide/suppression.md.
/// </remarks>
public sealed class SuppressionRules(SuppressionSet set) : ISuppression
{
    private const int KnownAgentsMax = 20_000;

    private readonly NeighbourRules _neighbours = new(set);
    private readonly SuppressionFilter[] _filters = [.. set.Filters.Where(one => one.Enabled)];
    private ConcurrentDictionary<string, bool> _crawlers = new(StringComparer.Ordinal);

    /// <summary>A user agent of the shipped crawler list.</summary>
    public const string Crawler = "crawler";

    /// <summary>A mail opened or followed by a scanner instead of a person.</summary>
    public const string MailMachine = "mail_machine";

    /// <summary>What a mail's provider did by itself, such as delivering it.</summary>
    public const string MailProvider = "mail_provider";

    /// <summary>What a shop system did by itself.</summary>
    public const string Shop = "shop";

    /// <summary>Traffic its sender marked as a test.</summary>
    public const string Test = "test";

    /// <summary>Many links of mail followed at once, as scanners do.</summary>
    public const string MailScanner = "mail_scanner";

    /// <summary>Mail opened or followed before it was delivered.</summary>
    public const string OpenedEarly = "opened_early";

    /// <summary>More events at once than a person makes.</summary>
    public const string TooFast = "too_fast";

    /// <summary>The rules of a project that has none of its own.</summary>
    public static SuppressionRules Default { get; } = new(SuppressionSet.Default);

    /// <summary>The rules a project saved, else <see cref="Default"/>.</summary>
    public static SuppressionRules Of(RuleText? saved) =>
        saved is null
            ? Default
            : new SuppressionRules(RuleJson.Read(saved, SuppressionSet.Default));

    /// <inheritdoc/>
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
        if (ShopEventNames.IsOfShop(e.Name))
            return Shop;
        if (e.Properties.Flag("test") == true)
            return Test;

        foreach (var filter in _filters)
        {
            if (filter.When.Holds(e))
                return filter.Name;
        }

        return null;
    }

    /// <inheritdoc/>
    public long ReachUs => _neighbours.ReachUs;

    /// <inheritdoc/>
    public bool Watches(Event e) => _neighbours.Watches(e);

    /// <inheritdoc/>
    public void Mark(IReadOnlyList<Event> run, string?[] rules) => _neighbours.Mark(run, rules);

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
