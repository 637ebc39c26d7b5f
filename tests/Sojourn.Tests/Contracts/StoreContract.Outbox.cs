using Sojourn.Storage;
using Xunit;

namespace Sojourn.Tests.Contracts;

/// <summary>Messages are kept until they are done, and nobody takes one twice.</summary>
[Trait("Invariant", "I7")]
public abstract partial class StoreContract
{
    private static readonly OutboxShare AnyShare = new(long.MaxValue, long.MaxValue, 1);

    [Fact]
    public async Task A_message_is_kept_as_it_was_added_and_outlives_a_restart()
    {
        var row = Message("ada") with { Subject = "Élan", Answer = "250", SentUs = 5 };

        Assert.Equal(1, await Store.Outbox.AddAsync([row], Cancel));
        await RestartAsync();

        Assert.Equal(row, await Store.Outbox.FindAsync(row.Id, Cancel));
        Assert.Null(await Store.Outbox.FindAsync("none", Cancel));
        Assert.Empty(await Store.VerifyAsync(Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_person_has_each_step_of_a_rule_once()
    {
        var first = Message("ada");
        await Store.Outbox.AddAsync([first], Cancel);

        var added = await Store.Outbox.AddAsync(
            [
                Message("ada"), Message("ada") with { Step = 2 },
                Message("ada") with { Rule = "other" }, Message("bob"),
                Message("ada") with { Project = await NewProjectAsync() },
            ],
            Cancel);

        Assert.Equal(4, added);
        Assert.Equal(first, await Store.Outbox.FindAsync(first.Id, Cancel));
    }

    [Fact]
    public async Task Due_is_what_has_a_time_that_has_come_the_longest_due_first()
    {
        var (late, early) = (Message("late") with { NextUs = 20 }, Message("early"));
        var rows = new[]
        {
            late, early, Message("future") with { NextUs = 21 },
            Message("done") with { NextUs = null },
        };
        await Store.Outbox.AddAsync(rows, Cancel);

        var due = await Store.Outbox.DueAsync(20, OutboxRow.ListMax, Cancel);
        var mine = due.Where(row => row.Project == Project);

        Assert.Equal([early.Id, late.Id], mine.Select(row => row.Id));
    }

    [Fact]
    public async Task Whoever_saw_a_message_last_may_change_it()
    {
        var row = Message("ada");
        await Store.Outbox.AddAsync([row], Cancel);
        var stopped = row with { State = OutboxStates.Stopped, Why = "bought", NextUs = null };

        var first = await Store.Outbox.ChangeAsync(stopped, Cancel);
        var second = await Store.Outbox.ChangeAsync(row with { Tries = 7 }, Cancel);

        Assert.Equal((true, false), (first, second));
        Assert.Equal(
            stopped with { Version = 2 }, await Store.Outbox.FindAsync(row.Id, Cancel));
    }

    [Fact]
    public async Task Of_many_who_take_a_message_at_once_one_has_it()
    {
        var row = Message("ada");
        await Store.Outbox.AddAsync([row], Cancel);

        var claims = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(
            () => Store.Outbox.ClaimAsync(Taken(row, 100), AnyShare, Cancel), Cancel)));

        Assert.Single(claims, claim => claim.Outcome == OutboxOutcome.Taken);
        Assert.Equal(9, claims.Count(claim => claim.Outcome == OutboxOutcome.Stale));
        Assert.Equal(1, (await Store.Outbox.FindAsync(row.Id, Cancel))?.Tries);
    }

    [Fact]
    public async Task Of_two_messages_to_one_person_taken_at_once_one_goes()
    {
        var rows = new[] { Message("ada"), Message("ada") with { Rule = "other" } };
        await Store.Outbox.AddAsync(rows, Cancel);
        var share = new OutboxShare(50, 50, 10);

        var claims = await Task.WhenAll(rows.Select(row => Task.Run(
            () => Store.Outbox.ClaimAsync(Taken(row, 100), share, Cancel), Cancel)));

        Assert.Single(claims, claim => claim.Outcome == OutboxOutcome.Taken);
        Assert.Equal(
            100, claims.Single(claim => claim.Outcome == OutboxOutcome.PersonHadOne).SinceUs);
    }

    [Theory]
    [InlineData("ada", "key of ada")]
    [InlineData("ada", "another")]
    [InlineData("bob", "key of ada")]
    public async Task A_person_is_who_has_the_same_name_or_the_same_address(
        string person, string key)
    {
        var first = Message("ada");
        var other = Message(person) with { Rule = "other", AddressKey = key };
        await Store.Outbox.AddAsync([first, other], Cancel);
        await Store.Outbox.ClaimAsync(Taken(first, 100), AnyShare, Cancel);

        var soon = await Store.Outbox.ClaimAsync(
            Taken(other, 150), new OutboxShare(99, 99, 10), Cancel);
        var later = await Store.Outbox.ClaimAsync(
            Taken(other, 300), new OutboxShare(100, 100, 10), Cancel);

        Assert.Equal(new OutboxClaim(OutboxOutcome.PersonHadOne, 100), soon);
        Assert.Equal(OutboxOutcome.Taken, later.Outcome);
    }

    [Fact]
    [Trait("Invariant", "I10")]
    public async Task A_project_sends_so_many_and_is_told_what_leaves_no_room()
    {
        var rows = Enumerable.Range(0, 4).Select(i => Message($"person {i}")).ToList();
        await Store.Outbox.AddAsync(rows, Cancel);

        var outcomes = new List<OutboxClaim>();
        foreach (var (row, i) in rows.Select((row, i) => (row, i)))
        {
            outcomes.Add(await Store.Outbox.ClaimAsync(
                Taken(row, 100 + i), new OutboxShare(0, 0, 3), Cancel));
        }

        Assert.All(outcomes[..3], claim => Assert.Equal(OutboxOutcome.Taken, claim.Outcome));
        Assert.Equal(new OutboxClaim(OutboxOutcome.ProjectFull, 100), outcomes[3]);
    }

    [Fact]
    public async Task A_message_to_a_suppressed_address_is_not_taken()
    {
        var row = Message("ada");
        var address = Suppressed(row.AddressKey);
        await Store.Outbox.AddAsync([row], Cancel);

        var first = await Store.Outbox.SuppressAsync(address, Cancel);
        var second = await Store.Outbox.SuppressAsync(address with { Why = "other" }, Cancel);
        var claim = await Store.Outbox.ClaimAsync(Taken(row, 100), AnyShare, Cancel);
        await RestartAsync();

        Assert.Equal((true, false), (first, second));
        Assert.Equal(OutboxOutcome.Suppressed, claim.Outcome);
        Assert.Equal(row, await Store.Outbox.FindAsync(row.Id, Cancel));
        Assert.Equal([address], await Store.Outbox.ListSuppressedAsync(Project, Cancel));

        Assert.True(await Store.Outbox.UnsuppressAsync(Project, row.AddressKey, Cancel));
        Assert.False(await Store.Outbox.UnsuppressAsync(Project, row.AddressKey, Cancel));
        Assert.Null(await Store.Outbox.FindSuppressedAsync(Project, row.AddressKey, Cancel));
        Assert.Equal(
            OutboxOutcome.Taken,
            (await Store.Outbox.ClaimAsync(Taken(row, 100), AnyShare, Cancel)).Outcome);
    }

    [Fact]
    [Trait("Invariant", "I8")]
    public async Task Messages_and_suppressed_addresses_belong_to_one_project()
    {
        var other = await NewProjectAsync();
        var mine = Message("ada");
        await Store.Outbox.AddAsync([mine, Message("ada") with { Project = other }], Cancel);
        await Store.Outbox.SuppressAsync(Suppressed(mine.AddressKey) with { Project = other },
            Cancel);

        var claim = await Store.Outbox.ClaimAsync(Taken(mine, 100), AnyShare, Cancel);

        Assert.Equal(OutboxOutcome.Taken, claim.Outcome);
        Assert.Empty(await Store.Outbox.ListSuppressedAsync(Project, Cancel));
        Assert.Single(await Store.Outbox.ListAsync(Project, new OutboxQuery(), Cancel));
        Assert.Equal(
            new OutboxCount("rule", OutboxStates.Sending, null, 1),
            Assert.Single(await Store.Outbox.CountAsync(Project, Cancel)));
    }

    [Fact]
    public async Task Messages_are_listed_newest_first_by_state_and_page()
    {
        var rows = Enumerable.Range(0, 5)
            .Select(i => Message($"person {i}") with
            {
                State = i == 2 ? OutboxStates.Failed : OutboxStates.Waiting,
            })
            .OrderByDescending(row => row.Id, StringComparer.Ordinal)
            .ToList();
        await Store.Outbox.AddAsync(rows, Cancel);

        var first = await Store.Outbox.ListAsync(Project, new OutboxQuery(Limit: 3), Cancel);
        var second = await Store.Outbox.ListAsync(
            Project, new OutboxQuery(Before: first[^1].Id), Cancel);
        var failed = await Store.Outbox.ListAsync(
            Project, new OutboxQuery(OutboxStates.Failed), Cancel);

        Assert.Equal(rows, first.Concat(second));
        Assert.Equal(rows.Where(row => row.State == OutboxStates.Failed), failed);
    }

    [Fact]
    public async Task Of_each_rule_a_person_is_decided_about_once_by_their_first_message()
    {
        OutboxRow Decided(string person, long us, int share = 10, bool isHeldOut = false) =>
            Message(person) with { Arm = new OutboxArm(us, share, isHeldOut) };
        var ada = Decided("ada", 100);
        var bob = Decided("bob", 90, isHeldOut: true);
        await Store.Outbox.AddAsync(
            [
                ada, bob, Message("undecided"), Decided("no coin", 100, share: 0),
                Decided("too early", 50),
                Decided("ada", 101) with { Step = 2 },
                Decided("ada again", 102) with { AddressKey = ada.AddressKey },
                Decided("elsewhere", 103) with { Project = await NewProjectAsync() },
            ],
            Cancel);
        var waiting = Message("late");
        await Store.Outbox.AddAsync([waiting], Cancel);
        await Store.Outbox.ChangeAsync(
            waiting with { Arm = new OutboxArm(110, 10, IsHeldOut: true) }, Cancel);

        var read = await Store.Outbox.DecidedAsync(Project, 50, 10, Cancel);

        Assert.Equal([waiting.Id, ada.Id, bob.Id], read.Select(one => one.Id));
        Assert.Equal([110, 100, 90], read.Select(one => one.Arm.DecidedUs));
        Assert.Equal([true, false, true], read.Select(one => one.Arm.IsHeldOut));
        Assert.Single(await Store.Outbox.DecidedAsync(Project, 50, 1, Cancel));
        Assert.Equal(ada, await Store.Outbox.FindAsync(ada.Id, Cancel));
    }

    private OutboxRow Message(string person) => new()
    {
        Id = Guid.CreateVersion7().ToString("N"),
        Project = Project,
        Person = person,
        Session = "c_x",
        Rule = "rule",
        Step = 1,
        Address = person + "@shop.example",
        AddressKey = "key of " + person,
        Template = "email-en",
        MessageId = Guid.NewGuid().ToString("N"),
        DueUs = 10,
        State = OutboxStates.Waiting,
        NextUs = 10,
        CreatedUs = 1,
    };

    private static OutboxRow Taken(OutboxRow row, long atUs) => row with
    {
        State = OutboxStates.Sending,
        Tries = row.Tries + 1,
        TriedUs = atUs,
        NextUs = atUs + 10,
    };

    private SuppressedAddress Suppressed(string key) =>
        new(Project, key, "a•••@shop.example", "opt_out", "mia", 7);
}
