using Sojourn.Events;
using Sojourn.Server.Commands.Sessionizing;
using Xunit;

namespace Sojourn.Tests.Server;

public sealed class EventPileTests
{
    [Fact]
    public void A_pile_on_disk_holds_what_a_pile_in_memory_holds()
    {
        var events = Enumerable.Range(0, 500).Select(i => Some.Event(
            "a" + i % 3, i, user: "user" + i % 40, id: "e" + i, seq: i % 2 == 0 ? i : null,
            context: i % 5 == 0 ? Told : null,
            properties: """{"points":3}""")).ToList();
        using var memory = new EventPile();
        using var disk = new EventPile(inMemoryMax: 100);
        events.ForEach(memory.Add);
        events.ForEach(disk.Add);

        var parts = disk.TakeParts().ToList();

        Assert.True(parts.Count > 1);
        Assert.Equal(
            Known(memory.TakeParts().Single()), Known(parts.SelectMany(part => part)));
    }

    [Fact]
    public void One_person_is_in_one_part()
    {
        using var pile = new EventPile(inMemoryMax: 10);
        for (var i = 0; i < 300; i++)
            pile.Add(Some.Event(user: "user" + i % 30));

        var persons = pile.TakeParts()
            .SelectMany(part => part.Select(e => e.UserId).Distinct())
            .ToList();

        Assert.Equal(30, persons.Count);
        Assert.Equal(30, persons.Distinct().Count());
    }

    [Fact]
    public void Where_devices_and_users_mix_all_stay_together()
    {
        using var pile = new EventPile(inMemoryMax: 10);
        for (var i = 0; i < 50; i++)
            pile.Add(Some.Event(user: "user" + i));
        pile.Add(Some.Event(device: "phone", user: "user7"));
        pile.Add(Some.Event(device: "phone"));

        Assert.Equal(52, Assert.Single(pile.TakeParts().ToList()).Count);
    }

    [Fact]
    public void An_id_counts_once_and_the_first_stays()
    {
        using var pile = new EventPile();
        pile.Add(Some.Event("first", id: "e1"));
        pile.Add(Some.Event("second", id: "e1"));

        Assert.Equal("first", Assert.Single(pile.TakeParts().Single()).Name);
    }

    [Fact]
    public void Nothing_is_left_behind()
    {
        var pile = new EventPile(inMemoryMax: 1);
        pile.Add(Some.Event());

        pile.Dispose();

        Assert.False(Directory.Exists(pile.Folder));
    }

    [Fact]
    public void Rows_come_in_order_however_they_were_added()
    {
        using var pile = new EventPile();
        var rows = new SortedRows(pile.Folder);
        var all = Enumerable.Range(0, 200)
            .Select(i => new SessionRow("p" + i * 7 % 50, i * 13 % 100, ["s" + i])).ToList();
        foreach (var part in all.Chunk(60))
            rows.Add([.. part]);

        Assert.Equal(
            all.Order().Select(row => row.Cells[0]), rows.ReadAll().Select(row => row.Cells[0]));
    }

    private static readonly EventContext Told = new()
    {
        UserAgent = "x",
        Url = "https://a.example/",
        Campaign = new Campaign("n", "s", null, null, "c"),
    };

    // What sessions depend on.
    private static IEnumerable<string> Known(IEnumerable<Event> events) => events
        .Select(e => $"{e.Id} {e.Name} {e.UserId} {e.AnonymousId} {e.TimeUs} {e.Seq} {e.Trust} "
            + $"{e.Properties} {e.Context}")
        .Order();
}
