using System.CommandLine;
using Sojourn.Server.Outreach;

namespace Sojourn.Server.Commands;

/// <summary>Where mail is handed over, as the operator says it.</summary>
internal static class MailOptions
{
    private const string Url = "SOJOURN_SMTP_URL";
    private const string From = "SOJOURN_SMTP_FROM";
    private const string Password = "SOJOURN_SMTP_PASSWORD";

    public static (Option<string?> Url, Option<string?> From) AddTo(Command command)
    {
        var url = new Option<string?>("--smtp-url")
        {
            Description = "Where mail is handed over, e.g. smtp://user@mail.example:587. Better "
                + $"put the password into {Password}, where other users do not see it.",
        };
        var from = new Option<string?>("--mail-from")
        {
            Description = "The address mails come from.",
        };
        command.Options.Add(url);
        command.Options.Add(from);
        return (url, from);
    }

    /// <summary>The mail server; null when none is named.</summary>
    /// <exception cref="CommandFailure">It is not understood, or links lead nowhere.</exception>
    public static MailServer? Of(
        ParseResult parsed, (Option<string?> Url, Option<string?> From) options, Uri? publicUrl)
    {
        var url = parsed.GetValue(options.Url) ?? Environment.GetEnvironmentVariable(Url);
        if (string.IsNullOrEmpty(url))
            return null;

        var from = parsed.GetValue(options.From) ?? Environment.GetEnvironmentVariable(From);
        var password = Environment.GetEnvironmentVariable(Password);
        if (!MailServer.TryRead(
            url, from, string.IsNullOrEmpty(password) ? null : password, out var server,
            out var fault))
        {
            throw CommandFailure.Usage(fault);
        }

        return publicUrl is not null
            ? server
            : throw CommandFailure.Usage(
                "Each mail has a link to opt out, which customers must reach. Name the address "
                + "they can open with --public-url.");
    }
}
