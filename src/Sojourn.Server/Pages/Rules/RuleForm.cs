using Sojourn.Events.Rules;

namespace Sojourn.Server.Pages.Rules;

/// <summary>A form for one set of rules, beside its text.</summary>
/// <param name="Set">The set's name.</param>
/// <param name="Fields">The component that draws its fields; see <see cref="RuleFields"/>.</param>
/// <param name="Read">
/// The text of the set that is being changed with what a form says, or what is wrong with that.
/// </param>
public sealed record RuleForm(
    string Set, Type Fields, Func<IFormCollection, string, RuleFormAnswer> Read);

/// <summary>What a form says.</summary>
/// <param name="Json">The set as text; null when it could not be read.</param>
/// <param name="Fault">Why not; null when it could.</param>
public sealed record RuleFormAnswer(string? Json, RuleFault? Fault);
