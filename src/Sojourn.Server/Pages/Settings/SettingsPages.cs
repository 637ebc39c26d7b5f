using Sojourn.Events.Classification;
using Sojourn.Kinds.Visits.Leads;
using Sojourn.Server.Pages.Outreach;

namespace Sojourn.Server.Pages.Settings;

/// <summary>The pages of settings, in the order they are offered.</summary>
internal static class SettingsPages
{
    /// <summary>Each one's place in the address, and its title.</summary>
    public static IReadOnlyList<(string Name, string Title)> All { get; } =
    [
        ("keys", "Keys"),
        ("people", "People and roles"),
        (SuppressionSet.Name, "Suppression"),
        .. Program.Rules.All
            .Where(set => set.Name is not (ScoringSet.Name or SuppressionSet.Name))
            .Select(set => ("rules/" + set.Name, set.Title)),
        ("hooks", "Mail and webhooks"),
        (OutreachPages.Name, "Outreach"),
    ];

    public static void MapSettingsPages(this IEndpointRouteBuilder routes)
    {
        routes.MapKeysPages();
        routes.MapPeoplePages();
        routes.MapHooksPages();
        routes.MapOutreachPages();
    }
}
