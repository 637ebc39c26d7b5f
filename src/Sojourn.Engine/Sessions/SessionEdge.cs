namespace Sojourn.Sessions;

/// <summary>
/// Why a session began or ended. On the wire in snake case, e.g. <c>max_length</c>.
/// </summary>
public enum SessionEdge
{
    /// <summary>Nothing ended it yet.</summary>
    Open = 0,

    /// <summary>The first session of its key.</summary>
    First,

    /// <summary>Silence of the timeout or longer.</summary>
    Idle,

    /// <summary>It had lasted as long as the project allows.</summary>
    MaxLength,

    /// <summary>It had as many events as the project allows.</summary>
    MaxEvents,

    /// <summary>Another campaign brought the person back.</summary>
    Campaign,

    /// <summary>Midnight in the project's time zone.</summary>
    Midnight,

    /// <summary>Another known user on the same device.</summary>
    UserChanged,

    /// <summary>An order was placed.</summary>
    Converted,

    /// <summary>The shop or its customer called it off.</summary>
    Cancelled,

    /// <summary>Its time ran out.</summary>
    Expired,
}

/// <summary>The outside form of <see cref="SessionEdge"/>.</summary>
public static class SessionEdges
{
    private static readonly string[] Texts =
    [
        "open", "first", "idle", "max_length", "max_events", "campaign", "midnight",
        "user_changed", "converted", "cancelled", "expired",
    ];

    /// <summary>The word used in JSON and CSV.</summary>
    public static string ToText(this SessionEdge edge) => Texts[(int)edge];

    /// <summary>The edge of a word; false for any other text.</summary>
    public static bool TryParse(string text, out SessionEdge edge)
    {
        var index = Array.IndexOf(Texts, text);
        edge = (SessionEdge)Math.Max(index, 0);
        return index >= 0;
    }
}
