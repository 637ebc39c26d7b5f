using Sojourn.Queries;
using Sojourn.Server;
using Sojourn.Server.Api;
using Sojourn.Server.Commands;
using Sojourn.Server.Commands.Demo;
using Sojourn.Sessions;
using Sojourn.Storage;
using Sojourn.Storage.Sqlite;
using Xunit;

namespace Sojourn.Tests.Server;

/// <summary>A stream shows exactly the rows that the list shows.</summary>
public sealed class SessionMatchTests
{
    [Fact]
    public async Task A_session_is_shown_by_a_stream_when_the_list_has_it()
    {
        var cancel = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("sojourn-test-").FullName;
        var clock = new FakeClock(Some.Start);
        await using (var store = EmbeddedStore.Open(folder, StorePlace.Kinds, clock))
        {
            var project = (await store.CreateProjectAsync(
                "demo", ProjectSettings.Default, cancel)).Project.Id;
            var history = new DemoHistory(7, Some.Us(0), days: 20);
            await store.AppendAsync([new EventBatch(project, history.Arrivals)], cancel);
            foreach (var query in Queries())
                await CompareAsync(store, project, query);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task CompareAsync(EmbeddedStore store, string project, SessionQuery query)
    {
        var cancel = TestContext.Current.CancellationToken;
        var everything = new SessionQuery
        {
            Lens = query.Lens,
            Suppressed = SuppressedView.All,
            Archived = true,
        };
        var all = await store.ExportAsync(project, everything, cancel).ToListAsync(cancel);
        var listed = await store.ExportAsync(project, query, cancel)
            .Select(session => session.Id).ToListAsync(cancel);
        var match = new SessionMatch(query);

        var shown = all.Where(session => match.Shows(session, Some.Us(0)))
            .Select(session => session.Id);

        Assert.True(listed.Count > 0, $"{query} finds nothing to compare.");
        Assert.Equal(listed.ToHashSet(), shown.ToHashSet());
    }

    private static IEnumerable<SessionQuery> Queries()
    {
        string[] questions =
        [
            "", "suppressed=only", "suppressed=all", "device=mobile&country=DZ",
            $"person=deco-{DemoPeople.Of(1800).Device[2..8]}",
            $"person={DemoPeople.Of(1801).Device}", "contains=identify&entry=page_view",
            "ended_in=wishlist_added", "duration_min=2m&duration_max=20m", "events_min=3",
            "q=DECO-",
            "lens=leads&points_min=20&points_max=60", "lens=leads&events_min=4&events_max=6",
            "lens=leads&status=ended", "lens=leads&from=2026-02-20T00:00:00Z",
            "lens=checkouts&status=abandoned", "lens=checkouts&value_min=6000&progress=0-60",
            "lens=checkouts&q=haddad", "lens=reservations&status=expired&source=direct",
        ];
        var parser = new QueryParser(Program.Lenses.All);
        foreach (var question in questions)
        {
            var parameters = question.Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Select(part => part.Split('='))
                .Select(part => KeyValuePair.Create(part[0], part[1]))
                .ToList();
            Assert.True(
                parser.TryReadSessions(parameters, "DZD", out var query, out var fault),
                $"{question}: {fault}");
            yield return query;
        }
    }
}
