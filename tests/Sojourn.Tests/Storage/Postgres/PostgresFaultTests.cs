using Npgsql;
using Sojourn.Events;
using Sojourn.Kinds.Visits;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage;
using Sojourn.Storage.Postgres;
using Sojourn.Tests.Contracts;
using Xunit;

namespace Sojourn.Tests.Storage.Postgres;

/// <summary>What can go wrong, or be shared, only where the store is a server.</summary>
public sealed class PostgresFaultTests(PostgresDatabase shared) : IClassFixture<PostgresDatabase>
{
    private static readonly SessionQuery Leads = new() { Lens = VisitLenses.Leads };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Fault", "F27")]
    public async Task Data_of_a_newer_program_is_refused_and_left_alone()
    {
        await using var other = new PostgresDatabase();
        await using (await OpenAsync(other))
            await RunAsync(other, "update sojourn_schema set version = 99");

        var refusal = await Assert.ThrowsAsync<StoreException>(() => OpenAsync(other));

        Assert.Equal(StoreFault.TooNew, refusal.Fault);
        Assert.Contains("99", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(99, await AskAsync(other, "select version from sojourn_schema"));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said_to_be_unreachable()
    {
        const string nowhere = "Host=127.0.0.1;Port=1;Username=nobody;Database=nothing";

        var refusal = await Assert.ThrowsAsync<StoreException>(() => PostgresStore.OpenAsync(
            nowhere, StoreContract.Kinds, StoreContract.SuppressionOf, Clock(), Cancel));

        Assert.Equal(StoreFault.Unreachable, refusal.Fault);
    }

    [Fact]
    public async Task Text_that_is_no_connection_string_is_refused_with_an_example()
    {
        var refusal = await Assert.ThrowsAsync<StoreException>(() => PostgresStore.OpenAsync(
            "Colour=blue", StoreContract.Kinds, StoreContract.SuppressionOf, Clock(), Cancel));

        Assert.Equal(StoreFault.Unusable, refusal.Fault);
        Assert.Contains("Host=", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_are_folded_anew_when_their_table_has_another_shape()
    {
        await using var other = new PostgresDatabase();
        await using (var store = await OpenAsync(other))
        {
            var project = await NewProjectAsync(store);
            await AppendAsync(store, project, Some.Event(), Some.Event(minute: 40));
        }

        await RunAsync(other, "update sojourn_shape set shape = 'of old' where kind = 'visit'");
        await RunAsync(other, "drop table session_visit");

        await using var again = await OpenAsync(other);
        var page = await again.QueryAsync(again.Projects[0].Id, Leads, Cancel);
        Assert.Equal(2, page.Total);
    }

    [Fact]
    public async Task Another_server_on_the_database_sees_projects_sessions_and_changes()
    {
        await using var one = await OpenAsync(shared);
        await using var other = await OpenAsync(shared);
        var created = await one.CreateProjectAsync(
            $"shop {Guid.NewGuid()}", ProjectSettings.Default, Cancel);
        var project = created.Project.Id;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        stop.CancelAfter(TimeSpan.FromSeconds(20));
        await using var changes =
            other.ChangesAsync(project, stop.Token).GetAsyncEnumerator(stop.Token);

        await AppendAsync(one, project, Some.Event());

        Assert.True(await changes.MoveNextAsync());
        Assert.Equal("ada", Assert.Single(changes.Current.Changed).PersonId);
        Assert.Equal(created.Project, other.FindKey(created.SecretKey)?.Project);
        Assert.Equal(1, (await other.QueryAsync(project, Leads, Cancel)).Total);
    }

    [Fact]
    public async Task Another_server_on_the_database_follows_documents_and_revoked_keys()
    {
        await using var one = await OpenAsync(shared);
        await using var other = await OpenAsync(shared);
        var project = await NewProjectAsync(one);
        var place = new DocumentPlace(null, "views", $"{Guid.NewGuid():N}");
        var key = await one.CreateKeyAsync(project, KeyKind.Secret, Cancel);

        await one.PutDocumentAsync(place, 0, "1", Cancel);
        await UntilAsync(() => Task.FromResult(
            other.FindDocument(place)?.Json == "1" && other.FindKey(key!.Token) is not null));
        await other.PutDocumentAsync(place, 1, "2", Cancel);
        await other.RevokeKeyAsync(project, key!.Key.Id, Cancel);
        var stale = await one.PutDocumentAsync(place, 1, "3", Cancel);
        await UntilAsync(() => Task.FromResult(one.FindKey(key.Token) is null));
        await one.DeleteDocumentAsync(place, 2, Cancel);
        await UntilAsync(() => Task.FromResult(other.FindDocument(place) is null));

        Assert.Equal(
            new DocumentAnswer(new Document(place, 2, "2"), DocumentRefusal.Stale), stale);
    }

    [Fact]
    [Trait("Fault", "F26")]
    public async Task Data_of_version_1_is_updated_and_its_keys_still_open()
    {
        await using var other = new PostgresDatabase();
        NewProject created;
        await using (var store = await OpenAsync(other))
            created = await store.CreateProjectAsync("shop", ProjectSettings.Default, Cancel);
        await RunAsync(other, """
            drop table document, outbox, suppressed_address;
            alter table project_key
                drop column shown, drop column created_us, drop column revoked_us;
            update sojourn_schema set version = 1;
            """);

        await using var again = await OpenAsync(other);

        Assert.Equal(created.Project, again.FindKey(created.SecretKey)?.Project);
        Assert.All(again.KeysOf(created.Project.Id), key => Assert.Null(key.CreatedUs));
        var place = new DocumentPlace(created.Project.Id, "views", "a");
        Assert.Null((await again.PutDocumentAsync(place, 0, "{}", Cancel)).Refusal);
    }

    [Fact]
    [Trait("Invariant", "I1")]
    public async Task Many_writers_of_the_same_events_store_each_once()
    {
        await using var one = await OpenAsync(shared);
        await using var other = await OpenAsync(shared);
        var (first, second) = (await NewProjectAsync(one), await NewProjectAsync(one));
        await UntilAsync(() =>
            Task.FromResult(other.Projects.Any(project => project.Id == second)));
        var events = Enumerable.Range(0, 60)
            .Select(i => Some.Event(minute: i, device: $"d{i % 7}", user: i % 5 == 0 ? "u" : null))
            .ToArray();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(async i =>
        {
            var store = i % 2 == 0 ? one : other;
            EventBatch[] batches = [new(first, events), new(second, events)];
            return await store.AppendAsync(i % 3 == 0 ? [.. batches.Reverse()] : batches, Cancel);
        }));

        Assert.Equal(
            120, answers.Sum(answer => answer.Sum(batch => batch.Count(Is(AppendOutcome.Stored)))));
        foreach (var project in new[] { first, second })
        {
            Assert.Equal(60, await one.AllEventsAsync(project, Cancel).CountAsync(Cancel));
            var expected = Sessionizer.All(
                [new VisitKind()],
                ProjectSettings.Default,
                StoreContract.SuppressionOf(ProjectSettings.Default),
                events,
                []);
            Assert.Equal(
                expected.Select(StoreContract.TextOf).Order(),
                (await one.ExportAsync(project, Leads, Cancel).ToListAsync(Cancel))
                    .Select(StoreContract.TextOf).Order());
        }
    }

    [Fact]
    [Trait("Fault", "F12")]
    public async Task A_cut_connection_is_made_again_and_changes_go_on()
    {
        await using var store = await OpenAsync(shared);
        var project = await NewProjectAsync(store);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        stop.CancelAfter(TimeSpan.FromSeconds(30));
        await using var changes =
            store.ChangesAsync(project, stop.Token).GetAsyncEnumerator(stop.Token);

        await RunAsync(shared, """
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()
            """);
        var told = changes.MoveNextAsync().AsTask();
        await UntilAsync(async () =>
        {
            await AppendWhenPossibleAsync(store, project, Some.Event());
            return told.IsCompleted;
        });

        Assert.True(await told);
        Assert.Empty(store.Troubles);
    }

    [Theory]
    [InlineData("update event set properties = '{\"a\":2}' where id = 'e'", "event e")]
    [InlineData("update event set name = 'forged' where id = 'e'", "event e")]
    [InlineData("delete from event where id = 'e'", "2 events were accepted, 1 are there")]
    [InlineData("delete from event_id where id = 'e'", "event e")]
    [InlineData("update session_visit set events = 7", "is not what its events make")]
    [InlineData("update session_visit set searched = 'eve'", "is not what its events make")]
    [InlineData("delete from session_visit", "is missing")]
    [InlineData("update document set content = '{\"forged\":1}'", "document server/views/a")]
    [InlineData("update circle set circle = bucket", "event f ties what is not together")]
    [Trait("Invariant", "I12")]
    public async Task Damage_is_found_and_named(string damage, string finding)
    {
        await using var other = new PostgresDatabase();
        await using var store = await OpenAsync(other);
        var project = await NewProjectAsync(store);
        await AppendAsync(
            store,
            project,
            Some.Event(id: "e", device: "phone"),
            Some.Event(id: "f", device: "phone", user: "ada", minute: 1));
        await store.PutDocumentAsync(new DocumentPlace(null, "views", "a"), 0, "{}", Cancel);
        Assert.Empty(await store.VerifyAsync(Cancel).ToListAsync(Cancel));

        await RunAsync(other, damage);

        var found = await store.VerifyAsync(Cancel).ToListAsync(Cancel);
        Assert.Contains(found, line => line.Contains(finding, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_user_writes_never_becomes_sql()
    {
        await using var store = await OpenAsync(shared);
        var project = await NewProjectAsync(store);
        const string nasty = "'; drop table event; --$1 \\ %";
        await AppendAsync(store, project, Some.Event(nasty, user: nasty));

        var page = await store.QueryAsync(
            project,
            Leads with
            {
                Text = nasty,
                Filters =
                [
                    new AnyOf(CommonFields.Person, [nasty]),
                    new AnyOf(CommonFields.Entry, [nasty]),
                    new AnyOf(CommonFields.Contains, [nasty]),
                ],
            },
            Cancel);

        Assert.Equal(nasty, Assert.Single(page.Items).PersonId);
    }

    private static FakeClock Clock() => new(Some.Start.AddHours(2));

    private static Func<AppendOutcome, bool> Is(AppendOutcome wanted) => one => one == wanted;

    private static async Task<PostgresStore> OpenAsync(PostgresDatabase database) =>
        await PostgresStore.OpenAsync(
            await database.GetAsync(Cancel),
            StoreContract.Kinds,
            StoreContract.SuppressionOf,
            Clock(),
            Cancel);

    private static async Task<string> NewProjectAsync(PostgresStore store)
    {
        var created = await store.CreateProjectAsync(
            $"shop {Guid.NewGuid()}", ProjectSettings.Default, Cancel);
        return created.Project.Id;
    }

    private static async Task AppendAsync(
        PostgresStore store, string project, params Event[] events) =>
        await store.AppendAsync([new EventBatch(project, events)], Cancel);

    // A pool notices cut connections by using them.
    private static async Task AppendWhenPossibleAsync(
        PostgresStore store, string project, Event e)
    {
        for (var tries = 0; tries < 40; tries++)
        {
            try
            {
                await AppendAsync(store, project, e);
                return;
            }
            catch (StoreException refusal) when (refusal.Fault == StoreFault.Unreachable)
            {
                // The next try takes another connection.
            }
        }

        Assert.Fail("The store does not recover.");
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var ticks = 0; ticks < 200; ticks++)
        {
            if (await holds())
                return;
            await timer.WaitForNextTickAsync(Cancel);
        }

        Assert.Fail("It never came true.");
    }

    private static async Task RunAsync(PostgresDatabase database, string sql) =>
        await AskAsync(database, sql);

    private static async Task<object?> AskAsync(PostgresDatabase database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(await database.GetAsync(Cancel));
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancel);
    }
}
