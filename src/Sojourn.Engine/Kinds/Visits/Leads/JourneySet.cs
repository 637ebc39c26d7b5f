using System.IO.Enumeration;
using Sojourn.Events;
using Sojourn.Events.Rules;

namespace Sojourn.Kinds.Visits.Leads;

/// <summary>What the steps of a visit are called, and what they say about intent.</summary>
public sealed record JourneySet : IRuleSet
{
    /// <summary>What the set is called where rules are kept.</summary>
    public const string Name = "journey";

    /// <summary>The topic of a step that is a conversion.</summary>
    public const string Goal = "goal";

    /// <summary>Most steps and most intents of a project.</summary>
    public const int RulesMax = 200;

    /// <summary>The set that ships: journey.json beside this file.</summary>
    public static JourneySet Default { get; } = RuleJson.Shipped<JourneySet>("journey.json");

    /// <summary>The steps; the first that holds names an event.</summary>
    public required IReadOnlyList<JourneyStep> Steps { get; init; }

    /// <summary>The intents; the first that holds is the visit's.</summary>
    public required IReadOnlyList<IntentRule> Intents { get; init; }

    /// <summary>
    /// What an event is called on a path: its step, else the first part of the page's path or
    /// the event's name.
    /// </summary>
    public static string NameOf(Event e, JourneyStep? step)
    {
        if (step is not null)
            return step.Name;
        if (!EventNames.IsView(e.Name)
            || EventFacts.PathOf(EventFacts.UrlOf(e)) is not { } path)
        {
            return e.Name;
        }

        var end = path.IndexOf('/', 1);
        return end < 0 ? path : path[..end];
    }

    /// <inheritdoc/>
    public RuleFault? Fault()
    {
        if (Steps is null || Intents is null || Steps.Count > RulesMax || Intents.Count > RulesMax)
        {
            return new(RuleFault.Invalid, "steps", "There are too many steps or intents, or none.",
                $"Use lists of up to {RulesMax}.");
        }

        for (var i = 0; i < Steps.Count; i++)
        {
            if (Steps[i] is null)
                return new(RuleFault.Invalid, $"steps[{i}]", "The step is empty.", "Remove it.");
            if (Steps[i].FaultAt($"steps[{i}]") is { } fault)
                return fault;
        }

        for (var i = 0; i < Intents.Count; i++)
        {
            var fault = Intents[i]?.FaultAt($"intents[{i}]", this) ?? (Intents[i] is null
                ? new(RuleFault.Invalid, $"intents[{i}]", "The intent is empty.", "Remove it.")
                : null);
            if (fault is not null)
                return fault;
        }

        return null;
    }
}

/// <summary>A name for events: pages by their path, others by name and properties.</summary>
public sealed record JourneyStep
{
    /// <summary>As people read it, e.g. <c>Pricing</c>; 1 to 60 characters.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// What it is about, for intents; <see cref="JourneySet.Goal"/> makes it a conversion. Null =
    /// nothing in particular.
    /// </summary>
    public string? Topic { get; init; }

    /// <summary>Paths of pages, <c>*</c> for any characters; one will do.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Events that are this step besides those pages; null = no others.</summary>
    public EventCondition? When { get; init; }

    /// <summary>True when a page of that path is this step.</summary>
    internal bool IsPage(string path) =>
        Paths.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, path));

    internal RuleFault? FaultAt(string field) =>
        Name is not { Length: >= 1 and <= 60 } || Topic is { Length: 0 or > 40 }
            ? new(RuleFault.Invalid, field + ".name", "The step lacks a name, or one is too long.",
                "Use up to 60 characters for the name and 40 for the topic.")
        : Paths is null || Paths.Count > EventCondition.PartsMax
            || Paths.Any(path => path is not { Length: >= 1 and <= 200 })
            ? new(RuleFault.Invalid, field + ".paths", "A path is empty or there are too many.",
                $"Use up to {EventCondition.PartsMax} paths such as /pricing*.")
        : Paths.Any(path => path[0] is not ('/' or '*'))
            ? new(RuleFault.NeverMatches, field + ".paths",
                "A path begins with neither / nor *, so no page has it.", "Write /pricing*.")
        : Paths.Count == 0 && When is null or { Events.Count: 0, Where.Count: 0 }
            ? new(RuleFault.NeverMatches, field, "The step names no event and no page.",
                "Give it paths, or events in when.")
        : When?.FaultAt(field + ".when");
}
