using Sojourn.Events;
using Sojourn.Storage;

namespace Sojourn.Server.Outreach;

/// <summary>Makes the mail of a message.</summary>
/// <param name="templates">Where its words are.</param>
/// <param name="keys">Where the token of its opt-out link comes from.</param>
/// <param name="clock">Our clock.</param>
/// <param name="links">Links that lead the customer back.</param>
/// <param name="linkTo">The whole address of a path of ours.</param>
internal sealed class OutreachComposer(
    TemplateBook templates,
    AddressKeys keys,
    TimeProvider clock,
    RecoveryLinks links,
    Func<string, string> linkTo)
{
    /// <summary>Characters of a subject with its values.</summary>
    public const int SubjectCharsMax = 150;

    /// <summary>Where opt-out links lead.</summary>
    public const string OptOutPath = "/o/";

    /// <summary>
    /// The message with its subject and text; or why there are none.
    /// </summary>
    /// <param name="project">Whose it is.</param>
    /// <param name="settings">What the project decided.</param>
    /// <param name="row">The message.</param>
    /// <param name="seen">The checkout it is about.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<(OutboxRow? Row, string? Why)> WriteAsync(
        Project project,
        OutreachSettings settings,
        OutboxRow row,
        CheckoutSeen seen,
        CancellationToken cancel)
    {
        if (templates.Find(project, row.Template) is not { Channel: MessageTemplate.Email } found
            || !Template.TryParse(found.Subject, out var subject, out _)
            || !Template.TryParse(found.Body, out var body, out _))
        {
            return (null, StopReasons.TemplateUnknown);
        }

        var write = await links.WriterAsync(cancel);
        var values = seen.FactsAt(clock.NowUs()).Values(project, settings, () => write(new(
            project.Id, seen.Session.Id, MessageTemplate.Email, row.Rule, row.Step)));
        if (subject.Missing(values).Count + body.Missing(values).Count > 0)
            return (null, StopReasons.ValueMissing);

        var footer = FooterIn(found.Language) + await LinkOfAsync(row, cancel);
        return (
            row with
            {
                Subject = SubjectOf(subject, values),
                Body = $"{body.Render(values).Trim()}\n\n-- \n{footer}\n",
            },
            null);
    }

    /// <summary>A message that has its subject and text, as it goes to the mail server.</summary>
    public async Task<OutgoingMail> MailOfAsync(
        Project project, OutreachSettings settings, OutboxRow row, CancellationToken cancel) =>
        new(
            row.Address,
            OneLine(settings.NameOf(project), SubjectCharsMax),
            settings.ReplyTo,
            row.Subject ?? "",
            row.Body ?? "",
            row.MessageId,
            await LinkOfAsync(row, cancel));

    /// <summary>A subject with its values.</summary>
    public static string SubjectOf(
        Template subject, IReadOnlyDictionary<string, string?> values) =>
        OneLine(subject.Render(values), SubjectCharsMax);

    private async Task<string> LinkOfAsync(OutboxRow row, CancellationToken cancel) =>
        linkTo(OptOutPath + await keys.TokenOfAsync(row.Id, cancel));

    private static string FooterIn(string language) => language.Split('-')[0] switch
    {
        "fr" => "Vous recevez ce message parce que vous avez commencé une commande.\n"
            + "Ne plus en recevoir : ",
        "ar" => "وصلتك هذه الرسالة لأنك بدأت طلبًا.\nلإيقاف الرسائل: ",
        _ => "You get this mail because you began an order.\nNo more mails: ",
    };

    private static string OneLine(string text, int most)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        if (line.Length <= most)
            return line;

        return line[..(char.IsHighSurrogate(line[most - 1]) ? most - 1 : most)];
    }
}
