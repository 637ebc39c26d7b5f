using System.Globalization;
using Sojourn.Events.Rules;
using Sojourn.Kinds.Visits.Leads;

namespace Sojourn.Server.Pages.Rules;

/// <summary>Reads the levels and the half-life that somebody typed.</summary>
internal static class LevelsForm
{
    /// <summary>The set with them, or what is wrong with them.</summary>
    public static (ScoringSet? Set, RuleFault? Fault) Read(IFormCollection form, ScoringSet set)
    {
        var levels = new List<ScoreLevel>();
        for (var i = 0; i < ScoringSet.LevelsMax; i++)
        {
            var name = form[$"level_{i}"].ToString().Trim();
            if (name.Length == 0)
                continue;
            if (!TryWhole(form[$"from_{i}"].ToString(), out var from))
            {
                return (null, new(RuleFault.Invalid, $"levels[{levels.Count}].from",
                    $"The bound of {name} is no whole number.", "Use a number such as 25."));
            }

            levels.Add(new ScoreLevel(name.ToLowerInvariant().Replace(' ', '_'), from));
        }

        var days = form["half_life_days"].ToString().Trim();
        var halfLife = 0;
        return days.Length > 0 && !TryWhole(days, out halfLife)
            ? (null, new(RuleFault.Invalid, "half_life_days",
                "The half-life is no whole number of days.", "Use e.g. 30, or leave it out."))
            : (set with
            {
                Levels = levels,
                HalfLifeDays = days.Length == 0 ? null : halfLife,
            }, null);
    }

    private static bool TryWhole(string text, out int number) =>
        int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out number);
}
