using System.Globalization;
using Sojourn.Events.Classification;
using Sojourn.Events.Rules;

namespace Sojourn.Server.Pages.Rules;

/// <summary>Reads what somebody typed about suppression.</summary>
internal static class SuppressionForm
{
    /// <summary>The set with what a form changes, or what is wrong with it.</summary>
    public static (SuppressionSet? Set, RuleFault? Fault) Read(
        IFormCollection form, SuppressionSet set) => form["part"].ToString() switch
        {
            "machines" => Machines(form, set),
            "remove" => (set with
            {
                Filters = [.. set.Filters.Where(one => one.Name != form["name"])],
            }, null),
            _ => Filter(form, set),
        };

    private static (SuppressionSet? Set, RuleFault? Fault) Machines(
        IFormCollection form, SuppressionSet set)
    {
        if (!TryWhole(form["links"], out var links) || !TryWhole(form["within_ms"], out var ms)
            || !TryWhole(form["events_max"], out var events)
            || !TryWhole(form["within_seconds"], out var seconds))
        {
            return (null, new(RuleFault.Invalid, "mail_scanners",
                "A bound is no whole number.", "Use whole numbers, such as 3 links in 2000 ms."));
        }

        return (set with
        {
            MailScanners = form.ContainsKey("scanners") ? new MailScanners(links, ms) : null,
            OpenBeforeDelivery = form.ContainsKey("early"),
            Velocity = form.ContainsKey("fast") ? new Velocity(events, seconds) : null,
        }, null);
    }

    private static (SuppressionSet? Set, RuleFault? Fault) Filter(
        IFormCollection form, SuppressionSet set)
    {
        if (ConditionForm.Of(form).ToCondition() is not { } when)
        {
            return (null, new(RuleFault.Invalid, "filters",
                "A choice is not understood.", "Choose a comparison of the list."));
        }

        var filter = new SuppressionFilter(form["name"].ToString().Trim(), when);
        return (set with
        {
            Filters = [.. set.Filters.Where(one => one.Name != filter.Name), filter],
        }, null);
    }

    private static bool TryWhole(string? text, out int number) => int.TryParse(
        text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
