using Sojourn.Events;

namespace Sojourn.Sessions;

/// <summary>
/// The known users of a project, and which of them are one person because a verified alias said
/// so. The result depends on the set of events, not on their arrival.
/// </summary>
internal sealed class Users
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<Member> _members = [new Member("", 0, null, 0, 0)];
    private readonly Dictionary<int, List<Alias>> _aliases = [];
    private readonly Dictionary<ulong, (EventPosition At, int User)> _devices = [];
    private readonly HashSet<(int User, string Alias)> _undone = [];

    /// <summary>The user's number, from 1; a new one when unknown.</summary>
    public int NumberOf(string userId)
    {
        if (_numbers.TryGetValue(userId, out var number))
            return number;

        number = _members.Count;
        _numbers.Add(userId, number);
        _members.Add(new Member(userId, number, null, number, number));
        return number;
    }

    /// <summary>The user's number, or null when unknown.</summary>
    public int? Find(string userId) =>
        _numbers.TryGetValue(userId, out var number) ? number : null;

    /// <summary>The user's id as sent.</summary>
    public string IdOf(int user) => _members[user].Id;

    /// <summary>The number that stands for a user's whole person.</summary>
    public int RootOf(int user)
    {
        while (_members[user].Parent != user)
            user = _members[user].Parent;
        return user;
    }

    /// <summary>The users that are one person with a root, the root included.</summary>
    public IEnumerable<int> GroupOf(int root)
    {
        var user = root;
        do
        {
            yield return user;
            user = _members[user].NextInGroup;
        }
        while (user != root);
    }

    /// <summary>True when a root stands for more users than itself.</summary>
    public bool HasOthers(int root) => _members[root].NextInGroup != root;

    /// <summary>The person of a root: the one the latest alias speaks of names it.</summary>
    public Person PersonOf(int root)
    {
        var id = _members[_members[root].Shown].Id;
        return new Person("u:" + id, id, id, true);
    }

    /// <summary>The aliases that speak of a root's users, in no order.</summary>
    public IEnumerable<PersonAlias> AliasesOf(int root) =>
        from user in GroupOf(root)
        from alias in _aliases.GetValueOrDefault(user) ?? []
        select new PersonAlias(
            IdOf(user),
            IdOf(alias.Previous),
            new(alias.At.Id, EventNames.Alias, alias.At.TimeUs, alias.Trust));

    /// <summary>
    /// The user that a device without any user of its own was aliased to; 0 = none.
    /// </summary>
    public int AliasOfDevice(ulong stream) =>
        _devices.TryGetValue(stream, out var alias) ? alias.User : 0;

    /// <summary>The user an event names, or null.</summary>
    public static string? NamedBy(Event e) =>
        e.UserId ?? (e.Name == EventNames.Identify ? e.Properties.Text("user_id") : null);

    /// <summary>The other name a verified alias gives its user; null for any other event.</summary>
    public static string? AliasedBy(Event e) =>
        e.Name == EventNames.Alias && e.Trust != Trust.Claimed && e.UserId is not null
            ? e.Properties.Text("previous_id")
            : null;

    /// <summary>The id of the alias that staff take back; null for any other event.</summary>
    public static string? UndoneBy(Event e) =>
        e is { Name: EventNames.AliasUndone, Trust: Trust.Staff, UserId: not null }
            ? e.Properties.Text("alias_id")
            : null;

    /// <summary>True when an alias was taken back before it came.</summary>
    public bool IsUndone(Event alias) =>
        _undone.Count > 0 && _undone.Contains((NumberOf(alias.UserId!), alias.Id));

    /// <summary>The other name of the alias that an undo takes back; null = none here.</summary>
    public string? PreviousOf(Event undo) =>
        _aliases.GetValueOrDefault(NumberOf(undo.UserId!))
            ?.Where(one => one.At.Id == UndoneBy(undo))
            .Select(one => IdOf(one.Previous))
            .FirstOrDefault();

    /// <summary>Takes an alias back, the one that came or the one that will.</summary>
    /// <param name="undo">An event that <see cref="UndoneBy"/> has an id for.</param>
    public void Undo(Event undo)
    {
        var user = NumberOf(undo.UserId!);
        var id = UndoneBy(undo)!;
        _undone.Add((user, id));
        if (_aliases.GetValueOrDefault(user)?.RemoveAll(alias => alias.At.Id == id) > 0)
            Regroup([.. GroupOf(RootOf(user))]);
    }

    /// <summary>
    /// What staff said, not taken back, of a root's users, without what does not matter for
    /// who they are.
    /// </summary>
    public IEnumerable<Event> StaffWordsOf(int root) =>
        from user in GroupOf(root)
        from alias in _aliases.GetValueOrDefault(user) ?? []
        where alias.Trust == Trust.Staff
        select AliasEvent.Of(IdOf(user), IdOf(alias.Previous), alias.At);

    /// <summary>Learns a verified alias.</summary>
    /// <param name="alias">
    /// An event that <see cref="AliasedBy"/> has a name for and nobody took back.
    /// </param>
    /// <returns>The two roots it joins, equal when they were one already.</returns>
    public (int Left, int Right) Join(Event alias)
    {
        var at = EventPosition.Of(alias);
        var user = NumberOf(alias.UserId!);
        var other = NumberOf(AliasedBy(alias)!);
        Learn(user, new Alias(at, other, alias.Trust));
        return Join(user, other, at);
    }

    private (int Left, int Right) Join(int user, int other, EventPosition at)
    {
        var stream = Fingerprint.Of("d:" + IdOf(other));
        if (!_devices.TryGetValue(stream, out var known) || known.At < at)
            _devices[stream] = (at, user);

        var left = RootOf(user);
        var right = RootOf(other);
        var members = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_members);
        ref var kept = ref members[Math.Min(left, right)];
        ref var joined = ref members[Math.Max(left, right)];
        if (joined.LatestAlias is { } theirs && (kept.LatestAlias is not { } own || own < theirs))
            (kept.LatestAlias, kept.Shown) = (theirs, joined.Shown);
        if (kept.LatestAlias is not { } latest || latest < at)
            (kept.LatestAlias, kept.Shown) = (at, user);
        joined.Parent = kept.Parent;
        if (left != right)
            (kept.NextInGroup, joined.NextInGroup) = (joined.NextInGroup, kept.NextInGroup);
        return (left, right);
    }

    // Every alias that speaks of a group's users joins two of them, so no other group changes.
    private void Regroup(int[] group)
    {
        foreach (var user in group)
        {
            _members[user] = new Member(IdOf(user), user, null, user, user);
            _devices.Remove(Fingerprint.Of("d:" + IdOf(user)));
        }

        foreach (var user in group)
        {
            foreach (var alias in _aliases.GetValueOrDefault(user) ?? [])
                Join(user, alias.Previous, alias.At);
        }
    }

    private void Learn(int user, Alias alias)
    {
        if (!_aliases.TryGetValue(user, out var aliases))
            _aliases.Add(user, aliases = new List<Alias>(1));
        aliases.Add(alias);
    }

    public void Save(BinaryWriter to)
    {
        to.Write(_members.Count);
        foreach (var member in _members.Skip(1))
        {
            to.Write(member.Id);
            to.Write(member.Parent);
            to.Write(member.Shown);
            to.Write(member.NextInGroup);
            to.Write(member.LatestAlias is not null);
            if (member.LatestAlias is { } at)
                Write(to, at);
        }

        to.Write(_devices.Count);
        foreach (var (stream, alias) in _devices)
        {
            to.Write(stream);
            Write(to, alias.At);
            to.Write(alias.User);
        }

        to.Write(_aliases.Sum(one => one.Value.Count));
        foreach (var (user, aliases) in _aliases)
        {
            foreach (var alias in aliases)
            {
                to.Write(user);
                Write(to, alias.At);
                to.Write(alias.Previous);
                to.Write((byte)alias.Trust);
            }
        }

        to.Write(_undone.Count);
        foreach (var (user, alias) in _undone)
        {
            to.Write(user);
            to.Write(alias);
        }
    }

    public static Users Load(BinaryReader from)
    {
        var users = new Users();
        for (var left = from.ReadInt32() - 1; left > 0; left--)
        {
            var member = new Member(
                from.ReadString(), from.ReadInt32(), null, from.ReadInt32(), from.ReadInt32());
            if (from.ReadBoolean())
                member.LatestAlias = ReadPosition(from);
            users._numbers.Add(member.Id, users._members.Count);
            users._members.Add(member);
        }

        for (var left = from.ReadInt32(); left > 0; left--)
            users._devices.Add(from.ReadUInt64(), (ReadPosition(from), from.ReadInt32()));
        for (var left = from.ReadInt32(); left > 0; left--)
        {
            users.Learn(
                from.ReadInt32(),
                new Alias(ReadPosition(from), from.ReadInt32(), (Trust)from.ReadByte()));
        }

        for (var left = from.ReadInt32(); left > 0; left--)
            users._undone.Add((from.ReadInt32(), from.ReadString()));
        return users;
    }

    private static void Write(BinaryWriter to, EventPosition at)
    {
        to.Write(at.TimeUs);
        to.Write(at.Seq is not null);
        to.Write(at.Seq ?? 0);
        to.Write(at.Id);
    }

    private static EventPosition ReadPosition(BinaryReader from)
    {
        var time = from.ReadInt64();
        var hasSeq = from.ReadBoolean();
        var seq = from.ReadInt64();
        return new EventPosition(time, hasSeq ? seq : null, from.ReadString());
    }

    private readonly record struct Alias(EventPosition At, int Previous, Trust Trust);

    private struct Member(
        string id, int parent, EventPosition? latestAlias, int shown, int nextInGroup)
    {
        public readonly string Id = id;
        public int Parent = parent;
        public EventPosition? LatestAlias = latestAlias;
        public int Shown = shown;
        public int NextInGroup = nextInGroup;
    }
}
