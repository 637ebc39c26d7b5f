using Sojourn.Events.Rules;
using Sojourn.Sessions;

namespace Sojourn.Kinds.Visits.Leads;

/// <summary>A project's rules about visits, ready for use.</summary>
/// <param name="Scoring">How events give points.</param>
/// <param name="Journey">What steps are called, and intents.</param>
/// <param name="Channels">By which channel visits come.</param>
/// <param name="Versions">The versions of the three, in this order; 0 = as shipped.</param>
internal sealed record VisitRules(
    ScoringSet Scoring, JourneySet Journey, ChannelSet Channels, RuleVersions Versions)
{
    /// <summary>The rules that ship.</summary>
    public static VisitRules Default { get; } = new(
        ScoringSet.Default, JourneySet.Default, ChannelSet.Default, new RuleVersions(0, 0, 0));

    /// <summary>Finds the step an event is.</summary>
    public JourneyIndex Steps { get; } = new(Journey);

    /// <summary>Where every visit begins on the way to its intents.</summary>
    public IntentTrail Start { get; } = IntentTrail.At(Journey);

    /// <summary>
    /// The rules of a project. A saved set that this program cannot read counts as shipped.
    /// </summary>
    public static VisitRules Of(ProjectSettings settings)
    {
        var (scoring, journey, channels) = (
            settings.Rules.GetValueOrDefault(ScoringSet.Name),
            settings.Rules.GetValueOrDefault(JourneySet.Name),
            settings.Rules.GetValueOrDefault(ChannelSet.Name));
        if (scoring is null && journey is null && channels is null)
            return Default;

        return new VisitRules(
            RuleJson.Read(scoring, ScoringSet.Default),
            RuleJson.Read(journey, JourneySet.Default),
            RuleJson.Read(channels, ChannelSet.Default),
            new RuleVersions(VersionOf(scoring), VersionOf(journey), VersionOf(channels)));
    }

    private static int VersionOf(RuleText? saved) => saved?.Version ?? 0;
}

/// <summary>Which versions of rules something was derived by; 0 = as shipped.</summary>
/// <param name="Scoring">How events give points.</param>
/// <param name="Journey">Steps and intents.</param>
/// <param name="Channels">Channels.</param>
public sealed record RuleVersions(int Scoring, int Journey, int Channels);
