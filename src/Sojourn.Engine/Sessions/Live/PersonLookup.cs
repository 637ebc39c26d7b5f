using Sojourn.Events;

namespace Sojourn.Sessions.Live;

/// <summary>Finds who is behind an id, without changing anything.</summary>
internal sealed class PersonLookup(PersonIndex persons, Func<int, Event> read)
{
    /// <summary>
    /// A user's or device's person; null when no event names the id, or names it only as a
    /// user that a device claims to be.
    /// </summary>
    public PersonRecord? Find(string id)
    {
        var user = persons.Users.Find(id);
        if (user is { } known && persons.StreamsOf(known).Count > 0)
            return OfUser(persons.Users.RootOf(known));
        if (persons.Find(Fingerprint.Of("d:" + id)) is { } device)
            return OfDevice(device, id);
        if (user is { } alias && persons.Users.HasOthers(persons.Users.RootOf(alias)))
            return OfUser(persons.Users.RootOf(alias));

        return persons.Find(Fingerprint.Of("c:" + id)) is null
            ? null
            : new PersonRecord(
                new Person("c:" + id, id, id, false),
                [new(IdentityForm.User, id, null)],
                [],
                []);
    }

    private PersonRecord OfUser(int root)
    {
        var users = persons.Users;
        var person = users.PersonOf(root);
        var aliases = users.AliasesOf(root)
            .OrderBy(alias => alias.Proof.TimeUs)
            .ThenBy(alias => alias.Proof.EventId, StringComparer.Ordinal)
            .ToList();
        var devices = DevicesOf(new PersonRef(null, root), aliases).ToList();
        var names = users.GroupOf(root).Select(users.IdOf)
            .Where(id => devices.TrueForAll(device => device.Id != id))
            .Select(id => id == person.Id
                ? new PersonIdentity(IdentityForm.User, id, null)
                : new PersonIdentity(IdentityForm.User, id, Naming(aliases, id)));
        return new PersonRecord(
            person,
            [
                .. names.Concat(devices)
                    .OrderBy(one => one.Joined?.TimeUs ?? long.MinValue)
                    .Take(PersonRecord.IdentitiesMax),
            ],
            [.. aliases.Take(PersonRecord.IdentitiesMax)],
            []);
    }

    // A device belongs to a user by an event that names both, or as a whole by an alias.
    private IEnumerable<PersonIdentity> DevicesOf(
        PersonRef person, IReadOnlyList<PersonAlias> aliases)
    {
        foreach (var stream in persons.SourcesOf(person))
        {
            if (stream.Form != 'd' || PersonsOf(stream).All(one => one != person))
                continue;

            var naming = FirstNaming(stream, person);
            var id = (naming ?? read(stream[0].Number)).AnonymousId!; // It is a device's.
            yield return new PersonIdentity(
                IdentityForm.Device, id, naming is null ? Naming(aliases, id) : ProofOf(naming));
        }
    }

    private Event? FirstNaming(StreamLog stream, PersonRef person)
    {
        foreach (var entry in stream.Entries)
        {
            if (entry.Mark > 0 && persons.Users.RootOf(entry.Mark) == person.User)
                return read(entry.Number);
        }

        return null;
    }

    private PersonRecord OfDevice(StreamLog device, string id)
    {
        var here = PersonsOf(device).Distinct().ToList();
        if (here is [{ Stream: null, User: var root }])
            return OfUser(root);

        var itself = new PersonIdentity(IdentityForm.Device, id, null);
        var people = here.Select(one => PersonOf(one, id)).ToList();
        return people is [var only]
            ? new PersonRecord(only, [itself, .. ClaimedOn(device)], [], [])
            : new PersonRecord(new Person("d:" + id, id, null, false), [itself], [], people);
    }

    private IEnumerable<PersonIdentity> ClaimedOn(StreamLog device)
    {
        foreach (var entry in device.Entries.ToArray())
        {
            if (entry.Mark >= 0)
                continue;

            yield return new PersonIdentity(
                IdentityForm.User, persons.Users.IdOf(-entry.Mark), ProofOf(read(entry.Number)));
            yield break;
        }
    }

    private Person PersonOf(PersonRef person, string device) => person switch
    {
        { Stream: null } => persons.Users.PersonOf(person.User),
        { User: 0 } => new Person("d:" + device, device, null, false),
        _ => Identities.Claimed(device, persons.Users.IdOf(person.User)),
    };

    private PersonRef[] PersonsOf(StreamLog stream)
    {
        var found = new PersonRef[stream.Stretched.Length];
        for (var i = 0; i < found.Length; i++)
            found[i] = persons.RefOf(stream, stream.Stretched[i].User);
        return found;
    }

    private static IdentityProof? Naming(IReadOnlyList<PersonAlias> aliases, string id) =>
        aliases.FirstOrDefault(one => one.UserId == id || one.PreviousId == id)?.Proof;

    private static IdentityProof ProofOf(Event e) => new(e.Id, e.Name, e.TimeUs, e.Trust);
}
