using Sojourn.Events;
using Sojourn.Sessions;
using Xunit;

namespace Sojourn.Tests.Contracts;

/// <summary>People: who is behind an id, and which events say so.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task A_person_has_the_devices_that_named_them_and_the_event_that_did()
    {
        await AppendAsync(
            Some.Event(minute: 0, device: "phone"),
            On("phone", Some.Event("identify", minute: 1, id: "proof", user: "ada")),
            On("phone", Some.Event(minute: 2, user: "ada")));

        var found = await PersonAsync("ada");

        Assert.Equal(new Person("u:ada", "ada", "ada", true), found.Person);
        Assert.Equal(
            [
                new PersonIdentity(IdentityForm.User, "ada", null),
                new PersonIdentity(IdentityForm.Device, "phone", new IdentityProof(
                    "proof", "identify", Some.Us(1), Trust.Verified)),
            ],
            found.Identities);
    }

    [Fact]
    public async Task The_id_of_a_device_leads_to_the_one_person_who_used_it()
    {
        await AppendAsync(On("phone", Some.Event(user: "ada")));

        Assert.Equal("ada", (await PersonAsync("phone")).Person.Id);
    }

    [Fact]
    public async Task A_device_that_several_people_used_is_nobodys_and_names_them()
    {
        await AppendAsync(
            On("kiosk", Some.Event(user: "ada")),
            On("kiosk", Some.Event(minute: 9, user: "eve")));

        var found = await PersonAsync("kiosk");

        Assert.Equal(new Person("d:kiosk", "kiosk", null, false), found.Person);
        Assert.Equal(["ada", "eve"], found.Sharing.Select(one => one.Id));
    }

    [Fact]
    public async Task An_alias_joins_two_ids_and_either_leads_to_the_person()
    {
        await AppendAsync(
            Some.Event(user: "old"),
            Some.Event(minute: 1, device: "phone"),
            Aliasing("new", "old", minute: 2),
            Aliasing("new", "phone", minute: 3));

        var found = await PersonAsync("old");

        Assert.Equal("new", found.Person.Id);
        Assert.Equal(
            [("new", null), ("old", 2), ("phone", 3)],
            found.Identities.Select(one => (one.Id, MinuteOf(one.Joined))));
        Assert.Equal(IdentityForm.Device, found.Identities[2].Form);
        Assert.Equal(
            [("new", "old"), ("new", "phone")],
            found.Aliases.Select(one => (one.UserId, one.PreviousId)));
        Assert.Equal("new", (await PersonAsync("phone")).Person.Id);
        Assert.Equal("new", (await PersonAsync("new")).Person.Id);
    }

    [Fact]
    public async Task A_claimed_user_joins_nothing()
    {
        await AppendAsync(
            Some.Event(user: "ada", trust: Trust.Claimed),
            On("phone", Some.Event(id: "claim", user: "ada", trust: Trust.Claimed)));

        Assert.Equal("c:ada", (await PersonAsync("ada")).Person.Key);
        var device = await PersonAsync("phone");
        Assert.Equal("d:phone~ada", device.Person.Key);
        Assert.Equal(["phone", "ada"], device.Identities.Select(one => one.Id));
        Assert.Equal(Trust.Claimed, device.Identities[1].Joined!.Trust);
    }

    [Fact]
    public async Task Nobody_is_behind_an_id_that_no_event_names()
    {
        await AppendAsync(Some.Event(user: "ada"));

        Assert.Null(await Store.FindPersonAsync(Project, "eve", Cancel));
        Assert.Null(await Store.FindPersonAsync(Project, "", Cancel));
    }

    [Fact]
    public async Task People_are_the_same_after_a_restart()
    {
        await AppendAsync(
            Some.Event(user: "old"),
            On("phone", Some.Event(minute: 1, user: "old")),
            Aliasing("new", "old", minute: 2));
        var before = await PersonAsync("old");

        await RestartAsync();

        Assert.Equivalent(before, await PersonAsync("old"), strict: true);
    }

    private async Task<PersonRecord> PersonAsync(string id) =>
        Assert.IsType<PersonRecord>(await Store.FindPersonAsync(Project, id, Cancel));

    private static int? MinuteOf(IdentityProof? proof) =>
        proof is null ? null : (int)((proof.TimeUs - Some.Us(0)) / 60_000_000);

    private static Event On(string device, Event e) => e with { AnonymousId = device };

    private static Event Aliasing(string user, string previous, double minute) => Some.Event(
        "alias", minute, user, properties: $$"""{"previous_id":"{{previous}}"}""");
}
