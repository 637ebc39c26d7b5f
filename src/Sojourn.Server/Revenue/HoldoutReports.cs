using Sojourn.Events;
using Sojourn.Events.Rules;
using Sojourn.Kinds.Checkouts.Recovery;
using Sojourn.Server.Outreach;
using Sojourn.Server.Paths;
using Sojourn.Storage;

namespace Sojourn.Server.Revenue;

/// <summary>
/// Compares people who were written to with people who were left alone. Both counted from the
/// moment it was decided, when nothing else stopped the message, whatever happened later.
/// </summary>
internal sealed class HoldoutReports(IStore store, OutreachBook book)
{
    /// <summary>Most people that are read; earlier ones are left out.</summary>
    public const int PeopleMax = 100_000;

    /// <summary>The comparison of the people whose time ended in a period, or goes on.</summary>
    public async Task<HoldoutReport> MakeAsync(
        Project project, PathPeriod period, long nowUs, CancellationToken cancel)
    {
        var rules = book.Current(project).Settings.Rules;
        var people = await PeopleAsync(project, period, nowUs, cancel);
        return new HoldoutReport(
            DaysOf(project),
            rules.Any(rule => rule is { Enabled: true, Holdout: > 0 }),
            people.Count == PeopleMax,
            [
                .. people.GroupBy(one => (one.Decision.Rule, one.Decision.Arm.Share))
                    .Select(group => new HoldoutComparison(
                        group.Key.Rule,
                        rules.FirstOrDefault(rule => rule.Id == group.Key.Rule)?.Name
                            ?? group.Key.Rule,
                        group.Key.Share,
                        SideOf(group, isHeldOut: false),
                        SideOf(group, isHeldOut: true))),
            ]);
    }

    /// <summary>Those people, the last decided first.</summary>
    public async Task<IReadOnlyList<ComparedPerson>> PeopleAsync(
        Project project, PathPeriod period, long nowUs, CancellationToken cancel)
    {
        var lengthUs = Micros.From(TimeSpan.FromDays(DaysOf(project)));
        var decisions = await store.Outbox.DecidedAsync(
            project.Id, period.FromUs - lengthUs, PeopleMax, cancel);
        if (decisions.Count == 0)
            return [];

        var orders = await PersonOrders.ReadAsync(
            store, project.Id, decisions[^1].Arm.DecidedUs, nowUs, cancel);
        return
        [
            .. decisions.Select(decision =>
            {
                var endUs = decision.Arm.DecidedUs + lengthUs;
                var order = orders.FirstOf(decision, endUs);
                return new ComparedPerson(
                    decision,
                    endUs > nowUs ? HoldoutOutcome.Open
                    : order is null ? HoldoutOutcome.NotOrdered
                    : HoldoutOutcome.Ordered,
                    order);
            }),
        ];
    }

    private int DaysOf(Project project) =>
        RuleJson.Read(
            store.SettingsOf(project.Id).Rules.GetValueOrDefault(RecoverySet.Name),
            RecoverySet.Default).Days;

    private static HoldoutSide SideOf(IEnumerable<ComparedPerson> people, bool isHeldOut)
    {
        var side = people.Where(one => one.Decision.Arm.IsHeldOut == isHeldOut)
            .CountBy(one => one.Outcome)
            .ToDictionary();
        var ordered = side.GetValueOrDefault(HoldoutOutcome.Ordered);
        return new HoldoutSide(
            new Proportion(ordered, ordered + side.GetValueOrDefault(HoldoutOutcome.NotOrdered)),
            side.GetValueOrDefault(HoldoutOutcome.Open));
    }
}
