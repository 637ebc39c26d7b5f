using Sojourn.Events;
using Sojourn.Storage;
using Xunit;

namespace Sojourn.Tests.Storage.Sqlite;

public sealed class EmbeddedStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_event_comes_back_exactly_as_it_was_stored_after_a_restart()
    {
        var e = Some.Event() with
        {
            AnonymousId = "device",
            OccurredUs = Some.Us(-3),
            SentUs = Some.Us(2),
            ReceivedUs = Some.Us(1),
            Seq = -7,
            Trust = Trust.Staff,
            ClockSuspect = true,
            Properties = Properties.FromJson("""{"a":"é","b":[1,2]}"""),
            Context = new EventContext
            {
                Ip = "::1",
                UserAgent = "agent",
                Url = "https://shop.test/",
                Referrer = "",
                Locale = "fr-DZ",
                Country = "DZ",
                Campaign = new Campaign("n", null, "m", "", "c"),
            },
        };
        string project;
        await using (var store = SomeStore.Open(_folder.Data))
        {
            project = await store.CreateProjectAsync();
            await store.AppendAsync(project, e);
        }

        await using var again = SomeStore.Open(_folder.Data);

        Assert.Equal(e, Assert.Single(await again.AllAsync(project)));
    }

    [Fact]
    public async Task An_exact_repetition_is_a_duplicate_also_after_a_restart()
    {
        var e = Some.Event();
        string project;
        await using (var store = SomeStore.Open(_folder.Data))
        {
            project = await store.CreateProjectAsync();
            Assert.Equal([AppendOutcome.Stored], await store.AppendAsync(project, e));
            Assert.Equal([AppendOutcome.Duplicate], await store.AppendAsync(project, e));
        }

        await using var again = SomeStore.Open(_folder.Data);

        Assert.Equal([AppendOutcome.Duplicate], await again.AppendAsync(project, e));
        Assert.Equal([e.Id], await again.IdsAsync(project));
    }

    [Fact]
    public async Task Another_event_under_a_known_id_is_a_conflict_and_the_first_stays()
    {
        await using var store = SomeStore.Open(_folder.Data);
        var project = await store.CreateProjectAsync();
        var e = Some.Event();
        await store.AppendAsync(project, e);

        Assert.Equal(
            [AppendOutcome.Conflict], await store.AppendAsync(project, e with { Name = "other" }));
        Assert.Equal(e, Assert.Single((await store.NewestAsync(project, 9)).Items).Event);
    }

    [Fact]
    public async Task Repetitions_within_one_group_are_judged_like_later_ones()
    {
        await using var store = SomeStore.Open(_folder.Data);
        var project = await store.CreateProjectAsync();
        var e = Some.Event();

        var outcomes = await store.AppendAsync(
            new EventBatch(project, [e, e]),
            new EventBatch(project, [e with { SentUs = 5 }, e with { Seq = 5 }]));

        Assert.Equal([AppendOutcome.Stored, AppendOutcome.Duplicate], outcomes[0]);
        Assert.Equal([AppendOutcome.Duplicate, AppendOutcome.Conflict], outcomes[1]);
        Assert.Equal([e.Id], await store.IdsAsync(project));
    }

    [Fact]
    public async Task The_same_id_in_two_projects_is_two_events()
    {
        await using var store = SomeStore.Open(_folder.Data);
        var first = await store.CreateProjectAsync("a");
        var second = await store.CreateProjectAsync("b");
        var e = Some.Event();

        await store.AppendAsync(first, e);

        Assert.Equal([AppendOutcome.Stored], await store.AppendAsync(second, e));
        Assert.Equal([e.Id], await store.IdsAsync(first));
        Assert.Equal([e.Id], await store.IdsAsync(second));
    }

    [Fact]
    public async Task A_large_group_keeps_its_order_over_many_blocks()
    {
        var events = Enumerable.Range(0, 9_000)
            .Select(i => Some.Event(minute: i, properties: $$"""{"n":{{i}}}"""))
            .ToList();
        string project;
        await using (var store = SomeStore.Open(_folder.Data))
        {
            project = await store.CreateProjectAsync();
            await store.AppendAsync(project, events);
        }

        await using var again = SomeStore.Open(_folder.Data);

        Assert.Equal(events, await again.AllAsync(project));
    }

    [Fact]
    [Trait("Invariant", "I5")]
    public async Task An_answered_event_is_in_its_session_at_once()
    {
        await using var store = SomeStore.Open(_folder.Data);
        var project = await store.CreateProjectAsync();
        var e = Some.Event();

        await store.AppendAsync(project, e);

        Assert.Equal(1, (await store.SessionOfAsync(project, e))?.Events);
    }

    [Fact]
    public async Task Keys_work_after_a_restart_and_are_nowhere_in_the_file()
    {
        NewProject created;
        await using (var store = SomeStore.Open(_folder.Data))
            created = await store.CreateAsync();

        await using var again = SomeStore.Open(_folder.Data);

        Assert.Equal(
            new ProjectKey(created.Project, KeyKind.Write), again.FindKey(created.WriteKey));
        Assert.Equal(
            new ProjectKey(created.Project, KeyKind.Secret), again.FindKey(created.SecretKey));
        Assert.Null(again.FindKey(created.SecretKey + "x"));
        Assert.StartsWith("sj_w_", created.WriteKey, StringComparison.Ordinal);
        Assert.All(
            Directory.GetFiles(_folder.Data).Where(file => !file.EndsWith("lock")),
            file => Assert.DoesNotContain(created.SecretKey[5..], ReadText(file)));
    }

    [Fact]
    public async Task Two_projects_cannot_have_one_name()
    {
        await using var store = SomeStore.Open(_folder.Data);
        await store.CreateProjectAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => store.CreateProjectAsync());
        Assert.Single(store.Projects);
    }

    [Fact]
    public async Task A_closed_store_can_be_closed_again_and_takes_nothing()
    {
        var store = SomeStore.Open(_folder.Data);
        var project = await store.CreateProjectAsync();
        await store.DisposeAsync();
        await store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(
            () => store.AppendAsync(project, Some.Event()));
    }

    private static string ReadText(string file)
    {
        using var stream = new FileStream(
            file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
