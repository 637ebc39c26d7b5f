using Sojourn.Ingest;
using Sojourn.Queries;
using Sojourn.Server.Api;
using Sojourn.Server.Pages.Debugging;
using Sojourn.Server.Pages.EventBrowser;
using Sojourn.Server.Pages.Lists;
using Sojourn.Server.Pages.Paths;
using Sojourn.Server.Pages.Persons;
using Sojourn.Server.Pages.Rules;
using Sojourn.Storage;

namespace Sojourn.Server.Pages.Layout;

/// <summary>What stands around every page of a project: its lists with their counts.</summary>
internal sealed class Frame(
    IStore store, LensPages pages, IntakeMeter meter, PageContext here)
{
    private static readonly (string Path, string Title, string Icon, string Keys)[] Settings =
        [("settings/keys", "Settings", "settings", "g s")];

    private readonly Dictionary<string, long> _counts = [];

    /// <summary>The lists.</summary>
    public IReadOnlyList<LensPage> Lists => pages.All;

    /// <summary>The list shown first.</summary>
    public string Home => pages.All[0].Lens.Name;

    /// <summary>The project's other pages: path, title, sign, keys.</summary>
    public IReadOnlyList<(string Path, string Title, string Icon, string Keys)> Tools { get; } =
    [
        (PathsPages.Path, "Paths", "paths", "g v"),
        (ScoringPages.Path, "Scoring", "score", "g k"),
        (PersonPages.Path, "People", "users", "g p"),
        (EventPages.Path, "Events", "list", "g e"),
        (DebuggerPages.Path, "Debugger", "bug", "g d"),
        ("connect", "Connect", "link", "g o"),
        .. here.Caller.Account?.Role == Role.Admin ? Settings : [],
    ];

    /// <summary>All projects.</summary>
    public IReadOnlyList<Project> Projects => store.Projects;

    /// <summary>Sessions of each list without any filter, by its name.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    /// <summary>True when there is any session.</summary>
    public bool HasEvents => _counts.Values.Any(count => count > 0);

    /// <summary>What the project received since the server started.</summary>
    public IntakeReading Intake { get; private set; }

    /// <summary>Counts; asked once, before anything is drawn.</summary>
    public async Task LoadAsync(CancellationToken cancel)
    {
        Intake = meter.Of(here.Project.Id);
        foreach (var page in pages.All)
        {
            var all = new SessionQuery { Lens = page.Lens, Limit = 1, WithFacets = false };
            _counts[page.Lens.Name] = await CountAsync(all, cancel);
            foreach (var view in page.OtherViews.Where(one => one.Statuses.Count > 0))
            {
                var open = new AnyOf(CommonFields.Status, view.Statuses);
                _counts[view.Path] = await CountAsync(all with { Filters = [open] }, cancel);
            }
        }
    }

    private async Task<long> CountAsync(SessionQuery query, CancellationToken cancel) =>
        (await store.QueryAsync(here.Project.Id, query, cancel)).Total;
}
