using System.Text.Json.Serialization;

namespace Sojourn.Ingest.Mail;

/// <summary>The mail providers whose webhooks are understood.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MailSource>))]
public enum MailSource
{
    /// <summary>Twilio SendGrid.</summary>
    SendGrid,

    /// <summary>Postmark.</summary>
    Postmark,

    /// <summary>Mailgun.</summary>
    Mailgun,
}

/// <summary>Providers by name.</summary>
public static class MailSources
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<MailSource> All { get; } = Enum.GetValues<MailSource>();

    /// <summary>A provider as it is written, also in <see cref="Sending.Sources"/>.</summary>
    public static string NameOf(MailSource source) => source switch
    {
        MailSource.SendGrid => Sending.SendGrid,
        MailSource.Postmark => Sending.Postmark,
        _ => Sending.Mailgun,
    };

    /// <summary>A provider by its name; null for any other word.</summary>
    public static MailSource? Of(string? name)
    {
        foreach (var source in All)
        {
            if (NameOf(source) == name)
                return source;
        }

        return null;
    }
}
