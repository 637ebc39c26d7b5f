using System.Net;
using System.Net.Mail;
using System.Text;

namespace Sojourn.Server.Outreach;

/// <summary>Hands a mail to the operator's mail server, once, and tells how that ended.</summary>
internal sealed class SmtpMailer(MailServer server)
{
    /// <summary>Longest that handing over one mail may take.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    private const int AnswerCharsMax = 300;

    /// <summary>Where mails go.</summary>
    public MailServer Server => server;

    /// <summary>Longest a mail server may take; shorter in tests.</summary>
    public TimeSpan Patience { get; init; } = AnswerWithin;

    /// <summary>
    /// Hands over a mail. When this is cut off, it is unknown whether the server took it.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<MailAnswer> SendAsync(OutgoingMail mail, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(
            cancel, patience.Token);
        using var client = new SmtpClient(server.Host, server.Port)
        {
            EnableSsl = server.IsEncrypted,
            Credentials = server.User is null
                ? null
                : new NetworkCredential(server.User, server.Password),
        };
        using var message = Message(mail);
        try
        {
            await client.SendMailAsync(message, both.Token);
            return new MailAnswer(MailOutcome.Taken, null);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new MailAnswer(MailOutcome.Later, "The mail server did not answer in time.");
        }
        catch (SmtpException e)
        {
            cancel.ThrowIfCancellationRequested();
            return new MailAnswer(OutcomeOf(e), Short(e));
        }
        catch (IOException e)
        {
            return new MailAnswer(MailOutcome.Later, Short(e));
        }
    }

    // Only what the server says of this recipient or this mail is for good. That it wants no
    // password, another one or encryption is for the operator to mend.
    private static MailOutcome OutcomeOf(SmtpException e) =>
        e is SmtpFailedRecipientException or
        {
            StatusCode: SmtpStatusCode.TransactionFailed
            or SmtpStatusCode.ExceededStorageAllocation
        }
            && (int)e.StatusCode is >= 550 and < 560
            ? MailOutcome.Never
            : MailOutcome.Later;

    private MailMessage Message(OutgoingMail mail)
    {
        var message = new MailMessage
        {
            From = new MailAddress(server.From, mail.FromName, Encoding.UTF8),
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = mail.Body,
            BodyEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
            IsBodyHtml = false,
        };
        message.To.Add(new MailAddress(mail.To));
        if (mail.ReplyTo is { } reply)
            message.ReplyToList.Add(new MailAddress(reply));
        message.Headers.Add("Message-ID", $"<{mail.MessageId}>");
        message.Headers.Add("Auto-Submitted", "auto-generated"); // Source: RFC 3834.
        message.Headers.Add("List-Unsubscribe", $"<{mail.OptOutLink}>");
        // Source: RFC 8058.
        message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        return message;
    }

    private static string Short(Exception e)
    {
        var text = e.InnerException is { } inner ? $"{e.Message} {inner.Message}" : e.Message;
        return text.Length > AnswerCharsMax ? text[..AnswerCharsMax] : text;
    }
}

/// <summary>A mail, ready to go. No part of it has a line break but the body.</summary>
internal sealed record OutgoingMail(
    string To,
    string FromName,
    string? ReplyTo,
    string Subject,
    string Body,
    string MessageId,
    string OptOutLink);

/// <summary>How handing over a mail ended.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Said">What the mail server said, or null.</param>
internal sealed record MailAnswer(MailOutcome Outcome, string? Said);

/// <summary>What became of a mail.</summary>
internal enum MailOutcome
{
    /// <summary>The mail server took it.</summary>
    Taken,

    /// <summary>Not now, or nobody knows.</summary>
    Later,

    /// <summary>The mail server will not take it, ever.</summary>
    Never,
}
