using Sojourn.Events;
using Sojourn.Kinds.Checkouts;
using Sojourn.Kinds.Checkouts.Recovery;
using Sojourn.Server.Outreach;
using Sojourn.Server.Pages.Lenses.Checkouts;
using Sojourn.Server.Pages.Lists;
using Sojourn.Storage;

namespace Sojourn.Server.Pages.Pipeline;

/// <summary>
/// The project's templates as they are at one instant, read once for a page however many cards
/// it has, and what they say to one customer.
/// </summary>
public sealed class MessageBook
{
    private const string Arabic = "ar";

    private readonly Project _project;
    private readonly OutreachSettings _settings;
    private readonly Func<RecoveryMark, string> _linkTo;
    private readonly string _writer;
    private readonly ILookup<string, ReadTemplate> _byChannel;

    /// <param name="project">Whose messages they are.</param>
    /// <param name="settings">What the project decided.</param>
    /// <param name="templates">Its templates.</param>
    /// <param name="linkTo">Makes links that lead a customer back.</param>
    /// <param name="writer">The language of who writes, e.g. <c>ar</c>.</param>
    internal MessageBook(
        Project project, OutreachSettings settings, IReadOnlyList<MessageTemplate> templates,
        Func<RecoveryMark, string> linkTo, string writer)
    {
        (_project, _settings, _linkTo, _writer) = (project, settings, linkTo, writer);
        _byChannel = templates.Select(ReadTemplate.Of).OfType<ReadTemplate>()
            .ToLookup(one => one.Kept.Channel);
    }

    /// <summary>Templates of a channel, in the order of their names.</summary>
    public IEnumerable<MessageTemplate> Of(string channel) =>
        _byChannel[channel].Select(one => one.Kept);

    /// <summary>The channels on which a customer can be written to, the quickest first.</summary>
    public static IReadOnlyList<string> ChannelsTo(SessionRow row) =>
    [
        .. row.Get<string>(CheckoutFields.PhoneE164) is null
            ? Array.Empty<string>()
            : [MessageTemplate.WhatsApp, MessageTemplate.Sms],
        .. MailAddresses.Read(row.Get<string>(CheckoutFields.Email)) is null
            ? Array.Empty<string>()
            : [MessageTemplate.Email],
    ];

    /// <summary>
    /// True when a card's own values are not all that its one-tap messages say.
    /// </summary>
    internal bool NeedsCode(SessionRow row) =>
        row.Get<string>(CheckoutFields.DiscountState) == "offered"
        && ChannelsTo(row).Any(channel => Order(channel, row).FirstOrDefault() is { } first
            && first.Asks(TemplateVariables.DiscountCode, TemplateVariables.CodeExpires));

    /// <summary>
    /// What the one-tap button of a channel says: the first template without a gap of those in
    /// the customer's language, then the project's own choice, then those in the writer's
    /// language, then the others. Null when each has a gap.
    /// </summary>
    internal MessageText? OneTap(string channel, SessionRow row, Discount? code) =>
        Order(channel, row)
            .Select(one => TextOf(one, row, code))
            .FirstOrDefault(one => one.Missing.Count == 0);

    /// <summary>What one template says; null when there is none of that id.</summary>
    internal MessageText? TextOf(string template, SessionRow row, Discount? code) =>
        ChannelsTo(row).SelectMany(channel => _byChannel[channel])
            .Where(one => one.Kept.Id == template)
            .Select(one => TextOf(one, row, code))
            .FirstOrDefault();

    private IEnumerable<ReadTemplate> Order(string channel, SessionRow row)
    {
        var language = LanguageOf(row);
        var own = _settings.OneTap.GetValueOrDefault(channel);
        return _byChannel[channel]
            .OrderBy(one => language is not null && !one.Speaks(language))
            .ThenBy(one => one.Kept.Id != own)
            .ThenBy(one => !one.Speaks(_writer));
    }

    // Who writes their name in Arabic letters reads Arabic; other letters tell no language.
    private static string? LanguageOf(SessionRow row) =>
        row.Get<string>(CheckoutFields.Customer) is { } name
        && name.Any(c => c is >= '\u0620' and <= '\u064a')
            ? Arabic
            : null;

    private MessageText TextOf(ReadTemplate one, SessionRow row, Discount? code)
    {
        var facts = new MessageFacts
        {
            Name = CheckoutsPage.Page.NameOf(row),
            Product = row.Get<string>(CheckoutFields.Product),
            Quantity = row.Get<long?>(CheckoutFields.Quantity),
            Value = row.Get<Money?>(CheckoutFields.Value),
            Code = code,
            Assignee = row.Get<string>(CheckoutFields.Assignee),
        };
        var channel = one.Kept.Channel;
        var values = facts.Values(
            _project, _settings,
            () => one.Asks(TemplateVariables.RecoveryLink)
                ? _linkTo(new(_project.Id, row.Session.Id, channel))
                : "");
        return new MessageText(
            one.Kept,
            OutreachComposer.SubjectOf(one.Subject, values),
            one.Body.Render(values).Trim(),
            [.. one.Subject.Missing(values).Union(one.Body.Missing(values))]);
    }

    // A template with its places found.
    private sealed record ReadTemplate(MessageTemplate Kept, Template Subject, Template Body)
    {
        private readonly HashSet<string> _asked = [.. Subject.Variables, .. Body.Variables];

        public static ReadTemplate? Of(MessageTemplate one) =>
            Template.TryParse(one.Subject, out var subject, out _)
            && Template.TryParse(one.Body, out var body, out _)
                ? new ReadTemplate(one, subject, body)
                : null;

        public bool Asks(params ReadOnlySpan<string> variables)
        {
            foreach (var variable in variables)
            {
                if (_asked.Contains(variable))
                    return true;
            }

            return false;
        }

        public bool Speaks(string language) =>
            Kept.Language.Split('-')[0].Equals(language, StringComparison.OrdinalIgnoreCase);
    }
}
