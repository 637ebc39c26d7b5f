using Sojourn.Events.Rules;

namespace Sojourn.Server.Pages.Rules;

/// <summary>A condition as somebody types it: nothing of it has been checked.</summary>
/// <param name="Events">Names of events, with commas between.</param>
/// <param name="Tests">Property, comparison and value of each test.</param>
public sealed record ConditionForm(
    string Events, IReadOnlyList<(string Property, string Is, string Value)> Tests)
{
    /// <summary>Tests a form has room for.</summary>
    public const int TestsMax = 3;

    /// <summary>An empty form.</summary>
    public static ConditionForm Empty { get; } = new("", []);

    /// <summary>A condition as it would be typed.</summary>
    public static ConditionForm Of(EventCondition when) => new(
        string.Join(", ", when.Events),
        [
            .. when.Where.Select(test =>
                (test.Property, Comparisons.NameOf(test.Is), test.Value ?? "")),
        ]);

    /// <summary>What a form says.</summary>
    public static ConditionForm Of(IFormCollection form) => new(
        form["events"].ToString(),
        [
            .. Enumerable.Range(1, TestsMax)
                .Select(i => (
                    form[$"property_{i}"].ToString().Trim(),
                    form[$"is_{i}"].ToString(),
                    form[$"value_{i}"].ToString().Trim()))
                .Where(test => test.Item1.Length > 0),
        ]);

    /// <summary>The names of the events.</summary>
    public IReadOnlyList<string> Names =>
    [
        .. Events.Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
    ];

    /// <summary>The condition, or null when a comparison is unknown.</summary>
    public EventCondition? ToCondition()
    {
        var tests = new List<PropertyTest>();
        foreach (var (property, word, value) in Tests)
        {
            if (Comparisons.Find(word) is not { } comparison)
                return null;
            tests.Add(new PropertyTest(
                property,
                comparison,
                comparison is Comparison.Exists or Comparison.Missing ? null : value));
        }

        return new EventCondition { Events = Names, Where = tests };
    }
}
