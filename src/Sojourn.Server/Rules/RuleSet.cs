using Sojourn.Events.Rules;
using Sojourn.Queries;

namespace Sojourn.Server.Rules;

/// <summary>A set of rules that people of a project can change.</summary>
/// <param name="Name">As in addresses and where it is kept.</param>
/// <param name="Title">As people call it.</param>
/// <param name="Meaning">What it decides, in a sentence.</param>
/// <param name="Lens">The list that shows what it decides.</param>
/// <param name="Shipped">The set of a project that saved none.</param>
/// <param name="FaultOf">What is wrong with a text; null when it is such a set.</param>
public sealed record RuleSet(
    string Name,
    string Title,
    string Meaning,
    Lens Lens,
    string Shipped,
    Func<string, RuleFault?> FaultOf)
{
    /// <summary>The set that ships, with all that is told of it.</summary>
    public static RuleSet Of<T>(string name, string title, string meaning, Lens lens, T shipped)
        where T : class, IRuleSet =>
        new(name, title, meaning, lens, RuleJson.Write(shipped),
            json => RuleJson.TryRead<T>(json, out _, out var fault) ? null : fault);
}

/// <summary>All of them, as the server was put together.</summary>
/// <param name="All">In the order the screen offers them.</param>
public sealed record RuleCatalog(IReadOnlyList<RuleSet> All)
{
    /// <summary>A set by name, or null.</summary>
    public RuleSet? Find(string name) => All.FirstOrDefault(one => one.Name == name);
}
