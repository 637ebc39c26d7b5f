using Sojourn.Sessions;

namespace Sojourn.Queries;

/// <summary>
/// Counts the sessions of a question by what they have in common, so that each count opens a
/// list of just so many.
/// </summary>
/// <param name="Sessions">Which sessions; sort, page and facets do not matter.</param>
/// <param name="By">
/// Categories and paths of the kind or of all; an amount groups by its currency; may be empty.
/// </param>
public sealed record GroupQuery(SessionQuery Sessions, IReadOnlyList<Field> By)
{
    /// <summary>Most groups an answer has; the smallest are left out.</summary>
    public const int GroupsMax = 50_000;

    /// <summary>
    /// Instants, ascending, microseconds UTC, that divide sessions by their start: each group
    /// also has the place of the last one at or before it. Empty = not divided by time; else
    /// sessions before the first are left out.
    /// </summary>
    public IReadOnlyList<long> Starts { get; init; } = [];

    /// <summary>Numbers whose medians are wanted.</summary>
    public IReadOnlyList<Field> Medians { get; init; } = [];

    /// <summary>
    /// Numbers whose sums are wanted. Amounts add up in minor units whatever their currency:
    /// group by them too.
    /// </summary>
    public IReadOnlyList<Field> Sums { get; init; } = [];
}

/// <summary>Sessions that have something in common.</summary>
/// <param name="Period">Place in <see cref="GroupQuery.Starts"/>, from 0; 0 without.</param>
/// <param name="Keys">
/// A value for each field asked for: a word, empty when unknown; for a path its words.
/// </param>
/// <param name="Count">How many they are.</param>
/// <param name="Medians">
/// For each number the lower median of those that have a value; null when none has.
/// </param>
public sealed record SessionGroup(
    int Period,
    IReadOnlyList<IReadOnlyList<string>> Keys,
    long Count,
    IReadOnlyList<long?> Medians)
{
    /// <summary>For each number that was to be added up, its sum; 0 when none has one.</summary>
    public IReadOnlyList<decimal> Sums { get; init; } = [];

    /// <summary>The word of a field that is no path.</summary>
    public string Word(int field) => Keys[field][0];
}

/// <summary>The answer to a <see cref="GroupQuery"/>.</summary>
/// <param name="Groups">The groups, greatest first, in no particular order among equals.</param>
/// <param name="Total">Sessions in all groups, those left out included.</param>
/// <param name="AsOf">What it holds for.</param>
public sealed record SessionGroups(IReadOnlyList<SessionGroup> Groups, long Total, AsOf AsOf);
