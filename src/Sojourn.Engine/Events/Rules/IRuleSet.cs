namespace Sojourn.Events.Rules;

/// <summary>Rules that a project can put in the place of those that ship.</summary>
public interface IRuleSet
{
    /// <summary>What is wrong with what the values mean; null when nothing is.</summary>
    RuleFault? Fault();
}
