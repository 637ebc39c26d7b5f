using Sojourn.Server.Outreach;

namespace Sojourn.Server.Pages.Pipeline;

/// <summary>A message to one customer, ready to be looked at by whoever sends it.</summary>
/// <param name="Template">What it is made of.</param>
/// <param name="Subject">With values; empty where the channel has none.</param>
/// <param name="Body">With values.</param>
/// <param name="Missing">Variables without a value or words to stand in.</param>
public sealed record MessageText(
    MessageTemplate Template, string Subject, string Body, IReadOnlyList<string> Missing)
{
    /// <summary>The address that opens the program which sends it, filled in.</summary>
    /// <param name="channel">One of <see cref="MessageTemplate.Channels"/>.</param>
    /// <param name="to">A phone in E.164 or a mail address, as the channel wants it.</param>
    /// <param name="message">What is filled in; null = nothing.</param>
    public static string LinkTo(string channel, string to, MessageText? message)
    {
        var body = Uri.EscapeDataString(message?.Body ?? "");
        return channel switch
        {
            MessageTemplate.WhatsApp => $"https://wa.me/{to[1..]}?text={body}",
            MessageTemplate.Sms => $"sms:{to}?body={body}",
            _ => $"mailto:{Uri.EscapeDataString(to)}"
                + $"?subject={Uri.EscapeDataString(message?.Subject ?? "")}"
                // Source: RFC 6068, 5.
                + $"&body={Uri.EscapeDataString(message?.Body.ReplaceLineEndings("\r\n") ?? "")}",
        };
    }
}
