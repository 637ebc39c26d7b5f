using Sojourn.Events;
using Sojourn.Sessions;

namespace Sojourn.Kinds.Reservations;

/// <summary>One cart that holds stock, as its events tell it.</summary>
public sealed record Reservation
{
    /// <summary>The cart's token, as the shop sent it.</summary>
    public required string Token { get; init; }

    /// <summary>When the timer runs out, microseconds UTC.</summary>
    public required long ExpiresUs { get; init; }

    /// <summary>Pieces in the cart, or null when nobody told.</summary>
    public long? Items { get; init; }

    /// <summary>The cart's worth, or null when nobody told.</summary>
    public Money? Value { get; init; }

    /// <summary>Times the timer was started again after it ran out.</summary>
    public int Renewals { get; init; }

    /// <summary>Times the timer was lengthened while it ran.</summary>
    public int Extends { get; init; }

    /// <summary>Times the contents changed.</summary>
    public int Updates { get; init; }

    /// <summary>The last address seen, or null.</summary>
    public string? Ip { get; init; }

    /// <summary>Converted or cancelled; null while neither.</summary>
    public SessionEdge? Outcome { get; init; }
}
