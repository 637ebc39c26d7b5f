using Sojourn.Events;
using Sojourn.Kinds.Checkouts;
using Sojourn.Server.Pages.Lists;

namespace Sojourn.Server.Pages.Pipeline;

/// <summary>What a card says of its checkout, in English.</summary>
internal static class CardWords
{
    /// <summary>The priorities.</summary>
    public static IReadOnlyDictionary<string, string> Priorities { get; } =
        new Dictionary<string, string>
        {
            ["urgent"] = "Urgent",
            ["high"] = "High",
            ["medium"] = "Medium",
            ["low"] = "Low",
        };

    /// <summary>The ways to reach a customer.</summary>
    public static IReadOnlyDictionary<string, string> Channels { get; } =
        new Dictionary<string, string>
        {
            ["phone"] = "Call",
            ["whatsapp"] = "WhatsApp",
            ["sms"] = "SMS",
            ["email"] = "E-mail",
        };

    /// <summary>The parts of the due list.</summary>
    public static IReadOnlyDictionary<string, string> DueParts { get; } =
        new Dictionary<string, string>
        {
            ["late"] = "Late",
            ["today"] = "Today",
            ["later"] = "Later",
        };

    /// <summary>A way to reach a customer.</summary>
    public static string ChannelOf(string? channel) =>
        Channels.GetValueOrDefault(channel ?? "", "Contact");

    /// <summary>First letters of the one it is given to; a dash for nobody.</summary>
    public static string InitialsOf(string? assignee)
    {
        if (string.IsNullOrWhiteSpace(assignee))
            return "–";

        var words = assignee.Split('@')[0].Split(
            [' ', '.', '_', '-'], StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(words.Take(2).Select(word => char.ToUpperInvariant(word[0])));
    }

    /// <summary>Its priority with what makes it so, in the language of a page.</summary>
    public static string WhyOf(SessionRow row, long nowUs, Language language)
    {
        var level = CheckoutFields.LevelAt(row.Session, nowUs);
        var value = row.Get<Money?>(CheckoutFields.Value);
        var progress = row.Get<long?>(CheckoutFields.Progress);
        var phone = row.Get<string>(CheckoutFields.PhoneE164);
        string[] parts =
        [
            value is { } money
                ? $"{Show.Amount(money)} {money.Currency}"
                : language["value unknown"],
            language.Format("seen {0} ago", AgoOf(row.Session.LastEventUs, nowUs)),
            progress is { } percent
                ? language.Format("{0}% filled in", percent)
                : language["progress unknown"],
            language[phone is not null ? "can be called"
                : row.Get<string>(CheckoutFields.Email) is not null ? "e-mail only"
                : "no way to reach them"],
        ];
        return language.Format(
            "{0} priority: {1}",
            language[Priorities[level]], string.Join(language[", "], parts));
    }

    private static string AgoOf(long us, long nowUs) =>
        Show.Ago(us, nowUs) is var ago && ago == "now" ? "0s" : ago;
}
