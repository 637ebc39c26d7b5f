using Sojourn.Server.Pages.Rules;

namespace Sojourn.Server.Pages.Lists;

/// <summary>How the lists look, in the order they are offered.</summary>
internal sealed record LensPages(IReadOnlyList<LensPage> All)
{
    /// <summary>A list by its name, or null.</summary>
    public LensPage? Find(string name) => All.FirstOrDefault(one => one.Lens.Name == name);

    /// <summary>The form for a set of rules, or null.</summary>
    public RuleForm? FormOf(string set) =>
        All.SelectMany(one => one.RuleForms).FirstOrDefault(one => one.Set == set);
}
