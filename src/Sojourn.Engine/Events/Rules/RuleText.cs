namespace Sojourn.Events.Rules;

/// <summary>A project's own set of rules as it was saved.</summary>
/// <param name="Version">How often the set was saved, from 1; what is derived names it.</param>
/// <param name="Json">The rules; whoever owns the set knows the form.</param>
public sealed record RuleText(int Version, string Json);
