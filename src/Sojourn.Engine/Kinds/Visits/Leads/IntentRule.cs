using Sojourn.Events.Rules;

namespace Sojourn.Kinds.Visits.Leads;

/// <summary>A visit whose steps meet all that is listed has an intent.</summary>
public sealed record IntentRule
{
    /// <summary>The words an intent can be.</summary>
    public static readonly IReadOnlyList<string> Words = ["high", "research", "low", "none"];

    /// <summary>Most topics of a sequence, and most different pages to be counted.</summary>
    public const int TopicsMax = 10;

    /// <summary>One of <see cref="Words"/>.</summary>
    public required string Intent { get; init; }

    /// <summary>Why, as people read it; 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Topics that come in this order, with anything between; null = any.</summary>
    public IReadOnlyList<string>? Sequence { get; init; }

    /// <summary>So many different pages or events of a topic; null = any.</summary>
    public TopicCount? AtLeast { get; init; }

    /// <summary>Topics that must not occur; null = none is forbidden.</summary>
    public IReadOnlyList<string>? Without { get; init; }

    /// <summary>Most events that count; null = any number.</summary>
    public int? EventsMax { get; init; }

    internal RuleFault? FaultAt(string field, JourneySet set)
    {
        if (Name is not { Length: >= 1 and <= 100 } || !Words.Contains(Intent))
        {
            return new(RuleFault.Invalid, field + ".intent", "There is no such intent, or no name.",
                $"Use one of {string.Join(", ", Words)} and a name of up to 100 characters.");
        }

        if (Sequence is null && AtLeast is null && EventsMax is null)
        {
            return new(RuleFault.Invalid, field, "The rule asks for nothing.",
                "Give it a sequence, at_least or events_max.");
        }

        if (Sequence is { Count: 0 or > TopicsMax } || AtLeast?.Count is < 1 or > TopicsMax
            || Without?.Count > TopicsMax || EventsMax < 1)
        {
            return new(RuleFault.Invalid, field, "A bound or a list is out of range.",
                $"Use 1 to {TopicsMax} topics, and counts from 1.");
        }

        return FaultOfTopics(field, set);
    }

    private RuleFault? FaultOfTopics(string field, JourneySet set)
    {
        var needed = (Sequence ?? []).Append(AtLeast?.Topic ?? Sequence?[0]).OfType<string>();
        var unknown = needed.FirstOrDefault(
            topic => set.Steps.All(step => step.Topic != topic));
        if (unknown is not null)
        {
            return new(RuleFault.NeverMatches, field,
                $"No step has the topic {unknown}, so the rule never matches.",
                "Give a step this topic, or name another.");
        }

        var forbidden = needed.FirstOrDefault(topic => Without?.Contains(topic) == true);
        return forbidden is not null
            || (EventsMax is { } most && most < Math.Max(Sequence?.Count ?? 0, AtLeast?.Count ?? 0))
            ? new(RuleFault.NeverMatches, field,
                "The rule asks for what it forbids, so it never matches.",
                "Loosen one of its conditions.")
            : null;
    }
}

/// <summary>So many different pages or events of a topic.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Count">The least number.</param>
public sealed record TopicCount(string Topic, int Count);

/// <summary>An intent with the events it rests on.</summary>
/// <param name="Intent">One of <see cref="IntentRule.Words"/>.</param>
/// <param name="Rule">The rule's name; null = none held.</param>
/// <param name="Evidence">Ids of events, in order.</param>
public sealed record IntentFound(string Intent, string? Rule, IReadOnlyList<string> Evidence);
