using System.Globalization;
using Sojourn.Events;
using Sojourn.Kinds.Checkouts.Reasons;
using Sojourn.Queries;

namespace Sojourn.Server.Outreach;

/// <summary>What can be wrong with a project's outreach settings.</summary>
internal static class OutreachFaults
{
    /// <summary>The list rules look at.</summary>
    public const string ListKnown = "checkouts";

    /// <summary>The status they look for.</summary>
    public const string StatusKnown = "abandoned";

    /// <summary>Messages of one rule.</summary>
    public const int StepsMax = 5;

    /// <summary>Of a hundred people, at most so many are left alone.</summary>
    public const int HoldoutMax = 50;

    private const int NameCharsMax = 80;
    private const int PerHourMax = 10_000;

    private static readonly long LongestUs = Micros.From(TimeSpan.FromDays(30));

    /// <summary>The first thing that is wrong, or null.</summary>
    public static OutreachFault? Of(OutreachSettings settings)
    {
        if (settings.Shop.Length > NameCharsMax || settings.Shop.Any(char.IsControl))
            return new("shop", "This cannot be a name.", $"Use up to {NameCharsMax} letters.");
        if (settings.ReplyTo is { } reply && MailAddresses.Read(reply) is null)
            return new("reply_to", "This is no address.", "Write one, e.g. help@shop.example.");
        if (settings.RecoveryUrl is { } url && !IsLink(url))
        {
            return new("recovery_url", "This is no link.",
                "Write e.g. https://shop.example/back?c={checkout_id}.");
        }

        if (OfOrigins(settings) is { } ofOrigins)
            return ofOrigins;
        if (settings.PerHour is < 1 or > PerHourMax)
            return new("per_hour", "There is no such limit.", $"Use 1 to {PerHourMax}.");
        if (settings.Rules.Count > OutreachSettings.RulesMax)
        {
            return new("rules", "There are too many rules.",
                $"Use up to {OutreachSettings.RulesMax}.");
        }

        if (settings.Rules.GroupBy(rule => rule.Id).FirstOrDefault(same => same.Count() > 1)
            is { } twice)
        {
            return new("rules", $"Two rules have the id {twice.Key}.", "Rename one.");
        }

        return settings.Rules
            .Select((rule, i) => Of(rule, string.Create(
                CultureInfo.InvariantCulture, $"rules[{i}].")))
            .FirstOrDefault(fault => fault is not null);
    }

    private static OutreachFault? OfOrigins(OutreachSettings settings)
    {
        const string field = "recovery_origins";
        if (settings.RecoveryOrigins.Count > OutreachSettings.OriginsMax)
            return new(field, "There are too many.", $"Use up to {OutreachSettings.OriginsMax}.");
        if (!settings.RecoveryOrigins.All(RecoveryTarget.IsOrigin))
            return new(field, "This is no site.", "Write e.g. https://shop.example.");

        return settings is { RecoveryOrigins.Count: > 0, RecoveryUrl: null }
            ? new("recovery_url", "It is missing.", "Not every checkout tells its own address.")
            : null;
    }

    private static OutreachFault? Of(OutreachRule rule, string place)
    {
        OutreachFault Fault(string field, string message, string hint) =>
            new(place + field, message, hint);

        if (!MessageTemplate.IsId(rule.Id))
            return Fault("id", "This cannot be an id.", "Use a to z, 0 to 9 and dashes.");
        if (rule.Name.Trim().Length is 0 or > NameCharsMax || rule.Name.Any(char.IsControl))
            return Fault("name", "It has no fitting name.", $"Use 1 to {NameCharsMax} letters.");
        if (rule.List != ListKnown)
            return Fault("list", "No messages are sent for this list.", $"Use {ListKnown}.");
        if (rule.Status != StatusKnown)
            return Fault("status", "No messages are sent for this.", $"Use {StatusKnown}.");
        if (!IsLength(rule.After))
            return Fault("after", "This is no length of time.", "Write e.g. 30m, up to 30d.");
        if (rule.MinValue is { } least && !IsAmount(least))
            return Fault("min_value", "This is no amount.", "Write e.g. 20.00.");
        if (rule.MinProgress is < 0 or > 100)
            return Fault("min_progress", "There is no such progress.", "Use 0 to 100.");
        if (rule.Reasons.FirstOrDefault(one => !ReasonSet.Reasons.Contains(one)) is { } reason)
        {
            return Fault("reasons", $"There is no reason {reason}.",
                $"Use {string.Join(", ", ReasonSet.Reasons)}.");
        }

        if (rule.Holdout is < 0 or > HoldoutMax)
            return Fault("holdout", "There is no such share.", $"Use 0 to {HoldoutMax}.");
        if (rule.Steps.Count is 0 or > StepsMax)
            return Fault("steps", "It sends nothing, or too much.", $"Use 1 to {StepsMax}.");

        var wrong = rule.Steps.FirstOrDefault(
            step => !IsLength(step.After) || !MessageTemplate.IsId(step.Template));
        return wrong is null
            ? null
            : Fault("steps", "A step has no template or no length of time.",
                "Write e.g. {\"after\":\"1d\",\"template\":\"email-en\"}.");
    }

    private static bool IsLength(string text) =>
        DurationText.TryParse(text, out var us) && us <= LongestUs;

    private static bool IsAmount(string text) =>
        decimal.TryParse(
            text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
        && amount is >= 0 and < 1_000_000_000_000m;

    private static bool IsLink(string text) =>
        text.Length <= 500 && RecoveryTarget.IsTemplate(text);
}
