using System.Globalization;
using Sojourn.Events.Rules;
using Sojourn.Kinds.Checkouts.Recovery;
using Sojourn.Server.Pages.Rules;

namespace Sojourn.Server.Pages.Lenses.Checkouts.Rules;

/// <summary>What counts as recovered, asked in a form.</summary>
internal static class RecoveryForm
{
    /// <summary>The form.</summary>
    public static RuleForm Form { get; } = new(RecoverySet.Name, typeof(RecoveryFields), Read);

    private static RuleFormAnswer Read(IFormCollection form, string json)
    {
        var usual = form["usual"].ToString().Trim();
        if (!Enum.TryParse<CreditRule>(form["credit"], out var credit)
            || !TryWhole(form["days_after"], out var days)
            || !TryWhole(form["half_life"], out var hours))
        {
            return new(null, new(RuleFault.Invalid, "days",
                "A bound is no whole number.", "Use whole numbers, such as 7 days."));
        }

        if (!TryAmount(usual, out var amount))
        {
            return new(null, new(RuleFault.Invalid, "usual_order",
                "The amount is no number.", "Write it like 4500 or 49.90."));
        }

        var country = form["country"].ToString().Trim().ToUpperInvariant();
        var set = RuleJson.Read(new RuleText(0, json), RecoverySet.Default) with
        {
            Credit = credit,
            Days = days,
            HalfLifeHours = hours,
            UsualOrder = usual.Length == 0 ? null : amount,
            Country = country.Length == 0 ? null : country,
            AcceptClaimedOrders = form.ContainsKey("claimed"),
        };
        return new(RuleJson.Write(set), null);
    }

    private static bool TryWhole(string? text, out int number) => int.TryParse(
        text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static bool TryAmount(string text, out decimal amount) =>
        decimal.TryParse(
            text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount)
        || text.Length == 0;
}
