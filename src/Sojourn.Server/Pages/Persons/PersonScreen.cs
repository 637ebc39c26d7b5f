using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Server.Api;
using Sojourn.Server.Pages.Lists;
using Sojourn.Sessions;

namespace Sojourn.Server.Pages.Persons;

/// <summary>Everything a person's page shows at one instant.</summary>
public sealed record PersonScreen
{
    /// <summary>The parameter that names the id somebody came by.</summary>
    public const string Merged = "merged";

    /// <summary>The parameter that names the person to merge with.</summary>
    public const string With = "with";

    /// <summary>The address it follows from.</summary>
    public required ListAddress Address { get; init; }

    /// <summary>Who it is.</summary>
    public required PersonFound Person { get; init; }

    /// <summary>What the address asks.</summary>
    public required PersonQuery Query { get; init; }

    /// <summary>The sessions of this page, the last begun first.</summary>
    public IReadOnlyList<ToldSession> Sessions { get; init; } = [];

    /// <summary>How many sessions each list has of the person.</summary>
    public IReadOnlyList<(LensPage Of, long Count)> Counts { get; init; } = [];

    /// <summary>Where older sessions begin; null when there are none.</summary>
    public string? Next { get; init; }

    /// <summary>What was bought, by list; empty when nothing was.</summary>
    public IReadOnlyList<Purchases> Bought { get; init; } = [];

    /// <summary>The score after each session that has one, the last first.</summary>
    public IReadOnlyList<ScoreStep> Scores { get; init; } = [];

    /// <summary>Sessions that are left out as suppressed or archived.</summary>
    public long LeftOut { get; init; }

    /// <summary>What the reader should know first; empty when all is well.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>A merge that is thought about; null when none is.</summary>
    public MergeScreen? Merge { get; init; }

    /// <summary>All the person's sessions that are shown.</summary>
    public long Total => Counts.Sum(one => one.Count);
}

/// <summary>A session with what staff did to it.</summary>
/// <param name="Of">How its list looks.</param>
/// <param name="Row">The session.</param>
/// <param name="Actions">What staff did, in order.</param>
public sealed record ToldSession(
    LensPage Of, SessionRow Row, IReadOnlyList<StaffAction> Actions);

/// <summary>What a person bought in the sessions of a list.</summary>
/// <param name="Of">The list.</param>
/// <param name="Count">The sessions.</param>
/// <param name="Amounts">What they are worth, one amount for each currency.</param>
public sealed record Purchases(LensPage Of, long Count, IReadOnlyList<Money> Amounts);

/// <summary>A step of a person's score.</summary>
/// <param name="AtUs">When the session began, microseconds UTC.</param>
/// <param name="Session">The session.</param>
/// <param name="Points">The points it brought; null = unknown.</param>
/// <param name="Score">The score after it.</param>
/// <param name="Level">The level after it, in words, or null.</param>
public sealed record ScoreStep(
    long AtUs, SessionId Session, long? Points, long Score, string? Level);
