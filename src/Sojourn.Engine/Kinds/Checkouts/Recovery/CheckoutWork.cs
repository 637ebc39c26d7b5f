namespace Sojourn.Kinds.Checkouts.Recovery;

/// <summary>What staff did to win an order back.</summary>
public sealed record CheckoutWork
{
    /// <summary>Nothing yet.</summary>
    public static CheckoutWork None { get; } = new();

    /// <summary>The status staff gave it, or null.</summary>
    public string? Status { get; init; }

    /// <summary>Who moved it to recovered, or null.</summary>
    public StaffMark? RecoveredBy { get; init; }

    /// <summary>The order's id as staff told it, or null.</summary>
    public string? OrderId { get; init; }

    /// <summary>Who vouched for an order that only a browser told of, or null.</summary>
    public StaffMark? ConfirmedBy { get; init; }

    /// <summary>Every contact, in order.</summary>
    public IReadOnlyList<Contact> Contacts { get; init; } = [];

    /// <summary>Every discount code offered, in order.</summary>
    public IReadOnlyList<Discount> Discounts { get; init; } = [];

    /// <summary>Clicks on links we sent, in order.</summary>
    public IReadOnlyList<LinkClick> Clicks { get; init; } = [];

    /// <summary>When to follow up, microseconds UTC, or null.</summary>
    public long? FollowUpUs { get; init; }

    /// <summary>Whose it is, or null.</summary>
    public string? Assignee { get; init; }

    /// <summary>The code last offered that is still good at an instant, or null.</summary>
    /// <param name="nowUs">Microseconds UTC.</param>
    public Discount? CodeAt(long nowUs) =>
        Discounts.LastOrDefault(one => !(one.ExpiresUs <= nowUs));
}

/// <summary>Something staff did.</summary>
/// <param name="ActionId">The action.</param>
/// <param name="By">Who did it.</param>
/// <param name="AtUs">When, microseconds UTC.</param>
public sealed record StaffMark(string ActionId, string By, long AtUs);

/// <summary>Staff, or a message in their name, reached out.</summary>
/// <param name="ActionId">The action.</param>
/// <param name="By">Who did it.</param>
/// <param name="AtUs">When, microseconds UTC.</param>
/// <param name="Channel">One of <see cref="ContactChannels.All"/>; null = not told.</param>
public sealed record Contact(string ActionId, string By, long AtUs, string? Channel);

/// <summary>A recovery link was followed.</summary>
/// <param name="EventId">The event that tells.</param>
/// <param name="AtUs">When, microseconds UTC.</param>
/// <param name="Channel">How the link was sent; null = not told.</param>
public sealed record LinkClick(string EventId, long AtUs, string? Channel);

/// <summary>How customers are reached.</summary>
public static class ContactChannels
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = ["phone", "whatsapp", "sms", "email"];

    /// <summary>A channel as told; null when it is none of these.</summary>
    public static string? Of(string? told) => All.FirstOrDefault(one => one == told);
}
