namespace Sojourn.Server.Rules;

/// <summary>What other rules would change, counted over the whole history.</summary>
/// <param name="Sessions">Sessions looked at.</param>
/// <param name="Changed">Sessions of which any value would be another.</param>
/// <param name="Fields">For each field that would change, in how many sessions.</param>
/// <param name="HiddenBefore">Suppressed sessions now.</param>
/// <param name="HiddenAfter">Suppressed sessions then.</param>
/// <param name="Leads">What it would do to leads' scores.</param>
/// <param name="Took">How long it took to find out.</param>
public sealed record RulePreview(
    long Sessions,
    long Changed,
    IReadOnlyDictionary<string, long> Fields,
    long HiddenBefore,
    long HiddenAfter,
    LeadChanges Leads,
    TimeSpan Took);

/// <summary>Leads by what happens to their score, as it is after their last visit.</summary>
/// <param name="Up">Leads with a greater one.</param>
/// <param name="Down">Leads with a smaller one.</param>
/// <param name="Unchanged">All others.</param>
/// <param name="MeanChange">The mean over all of them, in points.</param>
public sealed record LeadChanges(long Up, long Down, long Unchanged, decimal MeanChange);
