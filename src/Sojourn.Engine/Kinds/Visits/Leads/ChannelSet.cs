using System.IO.Enumeration;
using Sojourn.Events;
using Sojourn.Events.Rules;

namespace Sojourn.Kinds.Visits.Leads;

/// <summary>By which channel a visit came, told by its first event that counts.</summary>
public sealed record ChannelSet : IRuleSet
{
    /// <summary>What the set is called where rules are kept.</summary>
    public const string Name = "channels";

    /// <summary>Most rules of a project.</summary>
    public const int RulesMax = 200;

    /// <summary>Most words of one list of a rule.</summary>
    public const int WordsMax = 300;

    /// <summary>The set that ships: channels.json beside this file.</summary>
    public static ChannelSet Default { get; } = RuleJson.Shipped<ChannelSet>("channels.json");

    /// <summary>The rules; the first that holds decides.</summary>
    public required IReadOnlyList<ChannelRule> Rules { get; init; }

    /// <summary>The channel of a visit that begins with an event.</summary>
    public ChannelFound Of(Event first)
    {
        var entry = new EntryFacts(first);
        for (var i = 0; i < Rules.Count; i++)
        {
            if (Rules[i].Holds(first, entry))
                return new ChannelFound(Rules[i].Channel, i + 1);
        }

        return new ChannelFound("direct", null);
    }

    /// <inheritdoc/>
    public RuleFault? Fault()
    {
        if (Rules is null || Rules.Count is 0 or > RulesMax)
        {
            return new(RuleFault.Invalid, "rules", "There are no rules, or too many.",
                $"Use a list of 1 to {RulesMax}.");
        }

        for (var i = 0; i < Rules.Count; i++)
        {
            if (Rules[i]?.Channel is not { Length: >= 1 and <= 40 } || !Rules[i].IsReadable)
            {
                return new(RuleFault.Invalid, $"rules[{i}]",
                    "The rule has no channel, or a list that is empty, too long or has no words.",
                    "Name a channel in 1 to 40 characters; leave out lists it does not need.");
            }

            if (i < Rules.Count - 1 && Rules[i].HoldsAlways)
            {
                return new(RuleFault.NeverMatches, $"rules[{i + 1}]",
                    $"Rule {i + 1} holds for every visit, so those after it never match.",
                    "Put it last.");
            }
        }

        return null;
    }
}

/// <summary>A channel, with the rule that told it.</summary>
/// <param name="Channel">E.g. <c>email</c>.</param>
/// <param name="Rule">The rule's place in its set, from 1; null = none held.</param>
public sealed record ChannelFound(string Channel, int? Rule);

/// <summary>
/// All that a rule lists must hold; of one list, one word. Words compare without case and may
/// have <c>*</c> for any characters.
/// </summary>
public sealed record ChannelRule
{
    /// <summary>The channel it tells.</summary>
    public required string Channel { get; init; }

    /// <summary>Names of the first event; null = any.</summary>
    public IReadOnlyList<string>? Events { get; init; }

    /// <summary>The campaign's medium; null = any.</summary>
    public IReadOnlyList<string>? Mediums { get; init; }

    /// <summary>The campaign's source; null = any.</summary>
    public IReadOnlyList<string>? Sources { get; init; }

    /// <summary>The referring site's host, or one it belongs to; null = any.</summary>
    public IReadOnlyList<string>? Hosts { get; init; }

    /// <summary>Parameters the page's address has, whatever their value; null = any.</summary>
    public IReadOnlyList<string>? Parameters { get; init; }

    /// <summary>True when there must be a campaign.</summary>
    public bool HasCampaign { get; init; }

    /// <summary>True when another site must have referred.</summary>
    public bool HasReferrer { get; init; }

    internal bool IsReadable => Lists.All(list => list is null
        || (list.Count is >= 1 and <= ChannelSet.WordsMax
            && list.All(word => word is { Length: >= 1 and <= 200 })));

    internal bool HoldsAlways => !HasCampaign && !HasReferrer && Lists.All(list => list is null);

    private IReadOnlyList<string>?[] Lists => [Events, Mediums, Sources, Hosts, Parameters];

    internal bool Holds(Event first, EntryFacts entry) =>
        (Events is null || Events.Contains(first.Name, StringComparer.Ordinal))
        && (!HasCampaign || entry.HasCampaign)
        && (!HasReferrer || entry.Referrer is not null)
        && Any(Mediums, entry.Medium)
        && Any(Sources, entry.Source)
        && (Hosts is null || (entry.Referrer is { } host && Hosts.Any(one => IsOf(one, host))))
        && (Parameters is null || Parameters.Any(entry.HasParameter));

    private static bool Any(IReadOnlyList<string>? patterns, string? text) =>
        patterns is null || (text is not null && patterns.Any(one => IsLike(one, text)));

    private static bool IsOf(string pattern, string host) =>
        IsLike(pattern, host) || IsLike("*." + pattern, host);

    private static bool IsLike(string pattern, string text) =>
        FileSystemName.MatchesSimpleExpression(pattern, text);
}

/// <summary>What channel rules look at.</summary>
internal sealed class EntryFacts
{
    private readonly string _address;

    public EntryFacts(Event first)
    {
        var campaign = first.Context.Campaign;
        (Medium, Source) = (campaign?.Medium, campaign?.Source);
        HasCampaign = campaign is not null;
        _address = EventFacts.UrlOf(first) ?? "";

        if (EventFacts.Of(first, "referrer") is { } referrer)
        {
            var from = AppOf(referrer) ?? EventFacts.HostOf(referrer);
            Referrer = from == EventFacts.HostOf(_address) ? null : from;
        }
    }

    public string? Medium { get; }

    public string? Source { get; }

    public bool HasCampaign { get; }

    /// <summary>The host of another site, or the name of an app; null = neither.</summary>
    public string? Referrer { get; }

    public bool HasParameter(string name)
    {
        var query = _address.IndexOf('?', StringComparison.Ordinal);
        if (query < 0)
            return false;

        var parts = _address.AsSpan(query + 1);
        foreach (var range in parts.SplitAny('&', '#'))
        {
            var part = parts[range];
            if (part.StartsWith(name, StringComparison.OrdinalIgnoreCase)
                && part.Length > name.Length && part[name.Length] == '=')
            {
                return true;
            }
        }

        return false;
    }

    // android-app://com.linkedin.android/
    private static string? AppOf(string? referrer) =>
        referrer?.StartsWith("android-app://", StringComparison.OrdinalIgnoreCase) == true
            ? referrer[14..].Split('/')[0].ToLowerInvariant()
            : null;
}
