using System.Globalization;
using Sojourn.Events;
using Sojourn.Kinds.Checkouts.Recovery;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Outreach;

/// <summary>What a message can say about a checkout; null parts are not known.</summary>
internal sealed record MessageFacts
{
    /// <summary>The customer's name.</summary>
    public string? Name { get; init; }

    /// <summary>What is ordered, the first of it.</summary>
    public string? Product { get; init; }

    /// <summary>How many pieces.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>What the order is worth.</summary>
    public Money? Value { get; init; }

    /// <summary>The code last offered that is still good.</summary>
    public Discount? Code { get; init; }

    /// <summary>Whose it is.</summary>
    public string? Assignee { get; init; }

    /// <summary>The values of a template's variables.</summary>
    /// <param name="project">Whose message it is.</param>
    /// <param name="settings">What the project decided.</param>
    /// <param name="link">The link back; asked only when messages have one.</param>
    public Dictionary<string, string?> Values(
        Project project, OutreachSettings settings, Func<string> link) => new()
        {
            [TemplateVariables.CustomerName] = Name,
            [TemplateVariables.FirstName] = Name?.Split(
                ' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .FirstOrDefault(),
            [TemplateVariables.Product] = Product,
            [TemplateVariables.Quantity] =
                Quantity?.ToString("0.###", CultureInfo.InvariantCulture),
            [TemplateVariables.Total] = Value?.Amount,
            [TemplateVariables.Currency] = Value?.Currency,
            [TemplateVariables.Shop] = settings.NameOf(project),
            [TemplateVariables.DiscountCode] = Code?.Code,
            [TemplateVariables.CodeExpires] = Code?.ExpiresUs is { } ends
                ? TimeZoneInfo.ConvertTime(
                    Micros.ToTime(ends), ProjectZone.Of(project.Settings)).ToString(
                    "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
                : null,
            // Of an account's address only what people call each other.
            [TemplateVariables.Agent] = Assignee?.Split('@')[0],
            [TemplateVariables.RecoveryLink] = settings.RecoveryUrl is null ? null : link(),
        };
}
