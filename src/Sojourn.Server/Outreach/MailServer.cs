using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Sojourn.Server.Outreach;

/// <summary>Where mail is handed over: the operator's decision, never a project's.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">The port.</param>
/// <param name="IsEncrypted">True when it must speak TLS (STARTTLS) before it gets mail.</param>
/// <param name="From">The address mails come from.</param>
/// <param name="User">Who signs in; null = nobody does.</param>
/// <param name="Password">Their password; null = nobody signs in.</param>
internal sealed record MailServer(
    string Host, int Port, bool IsEncrypted, string From, string? User, string? Password)
{
    private const int SubmissionPort = 587;

    /// <summary>The part of <see cref="From"/> behind the at sign.</summary>
    public string Domain => From[(From.IndexOf('@', StringComparison.Ordinal) + 1)..];

    /// <summary>Reads what an operator wrote; false when it is not understood.</summary>
    /// <param name="url"><c>smtp://user:password@host:587</c>, with <c>?tls=off</c> none.</param>
    /// <param name="from">The address mails come from.</param>
    /// <param name="password">Used when the address has none; null = there is none.</param>
    /// <param name="server">What was read.</param>
    /// <param name="fault">What is wrong; never contains a password.</param>
    public static bool TryRead(
        string url,
        string? from,
        string? password,
        [NotNullWhen(true)] out MailServer? server,
        [NotNullWhen(false)] out string? fault)
    {
        server = null;
        fault = null;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var read) || read.Scheme != "smtp"
            || read.Host.Length == 0 || read.AbsolutePath is not ("/" or "")
            || read.Query is not ("" or "?tls=off" or "?tls=on"))
        {
            fault = "The mail server is not understood. Write "
                + "smtp://USER:PASSWORD@HOST:587, which speaks TLS after STARTTLS; smtps "
                + "(port 465) is not spoken. A server without TLS needs ?tls=off.";
            return false;
        }

        if (MailAddresses.Read(from) is not { } sender)
        {
            fault = "Mails need an address they come from. Name one with --mail-from, e.g. "
                + "shop@mail.example.";
            return false;
        }

        var user = read.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
        var isEncrypted = read.Query != "?tls=off";
        server = new MailServer(
            read.IdnHost, read.Port > 0 ? read.Port : SubmissionPort, isEncrypted, sender,
            user[0].Length == 0 ? null : user[0], user.Length > 1 ? user[1] : password);
        if (server.User is not null && !isEncrypted && !IsHere(read))
        {
            server = null;
            fault = "A password is not sent to another machine without TLS. Leave ?tls=off out.";
            return false;
        }

        return true;
    }

    /// <summary>What may be told: no user and no password.</summary>
    public override string ToString() => $"{Host}:{Port}, from {From}";

    private static bool IsHere(Uri url) =>
        url.IsLoopback || (IPAddress.TryParse(url.Host, out var ip) && IPAddress.IsLoopback(ip));
}
