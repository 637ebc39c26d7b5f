using System.Text.Json;
using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage;
using Sojourn.Storage.Postgres;
using Sojourn.Storage.Sqlite;
using Sojourn.Tests.Sessions;
using Sojourn.Tests.Storage.Postgres;
using Xunit;

namespace Sojourn.Tests.Contracts;

/// <summary>Random data and random questions: both stores give one answer.</summary>
public sealed class StoreEqualityTests(PostgresDatabase database)
    : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private const int QueriesPerWorld = 30;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sojourn-equal-");
    private readonly FakeClock _clock = new(Some.Start.AddHours(4));
    private Side[] _sides = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var server = await PostgresStore.OpenAsync(
            await database.GetAsync(Cancel),
            StoreContract.Kinds,
            _ => Worlds.SuppressCrowds,
            _clock,
            Cancel);
        var kinds = new StoreKinds(StoreContract.Kinds, _ => Worlds.SuppressCrowds);
        _sides =
        [
            new Side(EmbeddedStore.Open(_folder.FullName, kinds, _clock)), new Side(server),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var side in _sides)
            await side.Store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public async Task Both_stores_answer_alike(int seed)
    {
        var random = new Random(seed);
        var settings = seed % 2 == 0 ? ProjectSettings.Default : Worlds.Settings(random);
        foreach (var side in _sides)
            await side.BeginAsync(settings);

        var events = Worlds.Events(random, 250);
        var sent = events.Concat(events.Take(60)).Append(events[9] with { Name = "x" }).ToArray();
        random.Shuffle(sent);
        foreach (var batch in sent.Chunk(1 + random.Next(60)))
        {
            await AgreeAsync(side => side.AppendAsync(batch));
            if (random.Next(4) == 0)
                await SaveRulesAsync();
            await ActOnAnyAsync(random);
        }

        await AgreeOnListsAsync(random);
        await AgreeOnEventsAsync(random);
        await AgreeOnGroupsAsync(random);
        var timeout = TimeSpan.FromMinutes(random.Next(1, 60));
        await AgreeAsync(side => side.Store.PreviewTimeoutAsync(side.Project, timeout, Cancel));
    }

    private async Task ActOnAnyAsync(Random random)
    {
        var sessions = await SessionsAsync();
        if (sessions.Count == 0)
            return;

        var id = sessions[random.Next(sessions.Count)].Id;
        var type = ActionTypes.All[random.Next(ActionTypes.All.Count)];
        var version = random.Next(3) == 0 ? random.Next(2) : (int?)null;
        var to = type == ActionTypes.Status ? "contacted" : null;
        await AgreeAsync(async side =>
        {
            var answer = await side.Store.ActAsync(
                new ActionRequest(side.Project, id, version, type, to, "mia", "mia"), Cancel);
            return (answer.Refusal, Of(answer.Session), Of(answer.Latest));
        });
        _clock.Advance(TimeSpan.FromMinutes(7));
    }

    private async Task AgreeOnListsAsync(Random random)
    {
        var sessions = await SessionsAsync();
        var queries = new RandomQueries(random, sessions);
        for (var i = 0; i < QueriesPerWorld; i++)
        {
            var query = queries.Next();
            await AgreeAsync(side => side.Store.ExportAsync(side.Project, query, Cancel)
                .Select(Of).ToListAsync(Cancel).AsTask());
            do
            {
                var page = await AgreeAsync(
                    side => side.Store.QueryAsync(side.Project, query, Cancel));
                query = query with { After = page.Next, WithFacets = false };
            }
            while (query.After is not null);
        }

        foreach (var session in sessions)
            await AgreeOnTimelineAsync(session.Id, random.Next(1, 9));
    }

    private Task<string?> SaveRulesAsync() => AgreeAsync(side =>
    {
        var place = RuleSets.PlaceOf(side.Project, "scoring");
        var version = side.Store.FindDocument(place)?.Version ?? 0;
        return side.Store.PutDocumentAsync(place, version, Worlds.Scoring, Cancel)
            .ContinueWith(answer => answer.Exception?.Message, TaskScheduler.Default);
    });

    private async Task AgreeOnGroupsAsync(Random random)
    {
        var queries = new RandomQueries(random, await SessionsAsync());
        for (var i = 0; i < QueriesPerWorld; i++)
        {
            var query = queries.NextGroups();
            await AgreeAsync(async side =>
            {
                var answer = await side.Store.GroupAsync(side.Project, query, Cancel);
                return answer.Groups.Select(Of).Order(StringComparer.Ordinal).ToList();
            });
        }
    }

    private async Task AgreeOnTimelineAsync(SessionId id, int limit)
    {
        foreach (var side in _sides)
            side.Cursor = null;
        do
        {
            await AgreeAsync(async side =>
            {
                var timeline = await side.Store.TimelineAsync(
                    side.Project, id, side.Cursor, limit, Cancel);
                side.Cursor = timeline?.Events.Next;
                return (
                    Of(timeline?.Session),
                    timeline?.Events.Items.Select(Of).ToList(),
                    timeline?.Actions.Select(Of).ToList());
            });
        }
        while (_sides[0].Cursor is not null);
    }

    private async Task AgreeOnEventsAsync(Random random)
    {
        await AgreeAsync(side => side.Store.AllEventsAsync(side.Project, Cancel)
            .Select(Of).ToListAsync(Cancel).AsTask());
        for (var i = 0; i < 20; i++)
        {
            var query = new EventQuery
            {
                Person = random.Next(3) == 0 ? $"u{random.Next(4)}" : null,
                Names = random.Next(2) == 0 ? [] : ["page_view", "created"],
                FromUs = random.Next(2) == 0 ? null : Some.Us(random.Next(300)),
                ToUs = random.Next(2) == 0 ? null : Some.Us(random.Next(300)),
                Suppressed = (SuppressedView)random.Next(3),
                Limit = random.Next(1, 40),
            };
            await AgreeAsync(side => AllPagesAsync(side, query));
        }
    }

    // A page of a search may end early, so only all of them together are the same.
    private static async Task<List<string>> AllPagesAsync(Side side, EventQuery query)
    {
        var found = new List<string>();
        do
        {
            var page = await side.Store.EventsAsync(side.Project, query, Cancel);
            found.AddRange(page.Items.Select(Of));
            query = query with { Cursor = page.Next };
        }
        while (query.Cursor is not null);
        return found;
    }

    private async Task<List<Session>> SessionsAsync()
    {
        var all = new List<Session>();
        foreach (var lens in new[]
        {
            Kinds.Visits.VisitLenses.Leads,
            Kinds.Checkouts.CheckoutLens.Checkouts,
            Kinds.Reservations.ReservationLens.Reservations,
        })
        {
            var query = new SessionQuery
            {
                Lens = lens,
                Archived = true,
                Suppressed = SuppressedView.All,
            };
            all.AddRange(await _sides[0].Store.ExportAsync(_sides[0].Project, query, Cancel)
                .ToListAsync(Cancel));
        }

        return all;
    }

    private async Task<T> AgreeAsync<T>(Func<Side, Task<T>> ask)
    {
        var (one, other) = (await ask(_sides[0]), await ask(_sides[1]));
        Assert.Equal(Of(one), Of(other));
        Assert.Equal(_sides[0].Cursor is null, _sides[1].Cursor is null);
        return one;
    }

    // As text, field by field; what is told in lists only is left out of what is found.
    private static string Of<T>(T answer) => answer switch
    {
        Session session => StoreContract.TextOf(session),
        SessionGroup group => JsonSerializer.Serialize(group),
        StaffAction action => JsonSerializer.Serialize(action with { Id = "" }),
        Event e => $"{JsonSerializer.Serialize(e)} {e.Properties}",
        StoredEvent stored => $"{Of(stored.Event)} {stored.SuppressedBy}",
        _ => JsonSerializer.Serialize(answer, IncludingFields),
    };

    private static readonly JsonSerializerOptions IncludingFields = new() { IncludeFields = true };

    /// <summary>One of the two stores, with its project and place in pages.</summary>
    private sealed class Side(IStore store)
    {
        public IStore Store => store;

        public string Project { get; private set; } = "";

        public string? Cursor { get; set; }

        public async Task BeginAsync(ProjectSettings settings)
        {
            var created = await store.CreateProjectAsync(
                $"shop {Guid.NewGuid()}", settings, Cancel);
            Project = created.Project.Id;
        }

        public async Task<IReadOnlyList<AppendOutcome>> AppendAsync(Event[] batch) =>
            (await store.AppendAsync([new EventBatch(Project, batch)], Cancel))[0];
    }
}
