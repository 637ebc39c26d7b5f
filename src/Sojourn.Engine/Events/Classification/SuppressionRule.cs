using System.Net;

namespace Sojourn.Events.Classification;

/// <summary>What a project's own rule looks at.</summary>
public enum RuleSubject
{
    /// <summary>The sender's address, against a network such as <c>10.0.0.0/8</c>.</summary>
    Network,

    /// <summary>The host of the page's address, without regard to case.</summary>
    Host,

    /// <summary>The end of the user's id, without regard to case: <c>@example.com</c>.</summary>
    UserEnding,

    /// <summary>A part of the user agent.</summary>
    UserAgent,
}

/// <summary>A rule of a project's own, for internal and test traffic.</summary>
/// <param name="Name">Shown as the reason, e.g. <c>internal</c>.</param>
/// <param name="Subject">What it looks at.</param>
/// <param name="Value">What it looks for. A network that cannot be read matches nothing.</param>
public sealed record SuppressionRule(string Name, RuleSubject Subject, string Value)
{
    private readonly IPNetwork? _network =
        Subject == RuleSubject.Network && IPNetwork.TryParse(Value, out var network)
            ? network
            : null;

    /// <summary>True when the rule suppresses the event.</summary>
    public bool Matches(Event e) => Subject switch
    {
        RuleSubject.Network =>
            _network is { } network
            && IPAddress.TryParse(e.Context.Ip, out var address) && network.Contains(address),
        RuleSubject.Host =>
            Uri.TryCreate(e.Context.Url, UriKind.Absolute, out var url)
            && url.Host.Equals(Value, StringComparison.OrdinalIgnoreCase),
        RuleSubject.UserEnding =>
            e.UserId?.EndsWith(Value, StringComparison.OrdinalIgnoreCase) == true,
        RuleSubject.UserAgent =>
            e.Context.UserAgent?.Contains(Value, StringComparison.Ordinal) == true,
        _ => false,
    };
}
