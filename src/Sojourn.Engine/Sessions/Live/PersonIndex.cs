using Sojourn.Events;

namespace Sojourn.Sessions.Live;

/// <summary>
/// Who has which events, kept in memory: the incremental form of <see cref="Identities"/>.
/// </summary>
internal sealed class PersonIndex(long timeoutUs, IComparer<int> byEventOrder)
{
    private readonly Dictionary<ulong, StreamLog> _streams = [];
    private readonly Dictionary<int, List<StreamLog>> _streamsOf = [];

    public Users Users { get; private set; } = new();

    public StreamLog? Find(ulong stream) => _streams.GetValueOrDefault(stream);

    public StreamLog GetOrAdd(Event e)
    {
        var id = e.StreamFingerprint;
        if (!_streams.TryGetValue(id, out var stream))
        {
            stream = new StreamLog(id, e, Users);
            _streams.Add(id, stream);
            var user = stream.User != 0 ? stream.User : Users.AliasOfDevice(id);
            if (user != 0)
                Attach(stream, user);
        }

        return stream;
    }

    /// <summary>Notes that some of a stream's events count for a user.</summary>
    public void Attach(StreamLog stream, int user)
    {
        if (!_streamsOf.TryGetValue(user, out var streams))
            _streamsOf.Add(user, streams = []);
        if (!streams.Contains(stream))
            streams.Add(stream);
    }

    /// <summary>Notes that a device without users of its own may be another's now.</summary>
    public void Reattach(StreamLog device, int before)
    {
        if (!device.Entries.ToArray().Any(entry => entry.Mark == before))
            _streamsOf.GetValueOrDefault(before)?.Remove(device);
        if (Users.AliasOfDevice(device.Id) is > 0 and var user)
            Attach(device, user);
    }

    /// <summary>Whom events of a stream count for when its stretch has that user.</summary>
    public PersonRef RefOf(StreamLog stream, int stretchUser)
    {
        if (stream.Form == 'u')
            return new PersonRef(null, Users.RootOf(stream.User));

        var user = stretchUser == 0 ? Users.AliasOfDevice(stream.Id) : stretchUser;
        return user > 0
            ? new PersonRef(null, Users.RootOf(user))
            : new PersonRef(stream, -user);
    }

    /// <summary>Whom each event of a device counts for, and where persons change.</summary>
    public Annotation[] Annotate(
        StreamLog device, ReadOnlySpan<LogEntry> entries, ReadOnlySpan<Stretch> stretches)
    {
        var annotations = new Annotation[entries.Length];
        for (int i = 0, s = 0; i < entries.Length; i++)
        {
            while (stretches[s].End <= i)
                s++;
            var person = RefOf(device, stretches[s].User);
            var changes = i > 0
                && entries[i].TimeUs - entries[i - 1].TimeUs < timeoutUs
                && annotations[i - 1].Person != person;
            if (changes)
                annotations[i - 1] = annotations[i - 1] with { BeforeOther = true };
            annotations[i] = new Annotation(person, changes, false);
        }

        return annotations;
    }

    /// <summary>Whom one event of a stream counts for.</summary>
    public Annotation AnnotationAt(StreamLog stream, int index) => new(
        RefOf(stream, stream.UserAt(index)),
        ChangesAt(stream, index),
        ChangesAt(stream, index + 1));

    /// <summary>An event with its person, found by the event alone.</summary>
    public PersonEvent Describe(Event e, int number)
    {
        if (!e.HasStream)
            return new PersonEvent(e, null, false, false);

        var stream = _streams[e.StreamFingerprint];
        return Describe(e, stream, stream.IndexOf(e.TimeUs, number));
    }

    /// <summary>An event with its person.</summary>
    public PersonEvent Describe(Event e, StreamLog stream, int index)
    {
        var annotation = AnnotationAt(stream, index);
        return new PersonEvent(
            e,
            Identities.PersonOf(Users, e, stream.UserAt(index)),
            annotation.AfterOther,
            annotation.BeforeOther);
    }

    /// <summary>The streams that have events which name a user, and are believed.</summary>
    public IReadOnlyList<StreamLog> StreamsOf(int user) =>
        _streamsOf.GetValueOrDefault(user) ?? [];

    /// <summary>The streams that may hold events of a person.</summary>
    public IReadOnlyList<StreamLog> SourcesOf(PersonRef person) =>
        person.Stream is { } stream
            ? [stream]
            : [.. Users.GroupOf(person.User)
                .SelectMany(StreamsOf)
                .Distinct()];

    /// <summary>True when no other stream holds events of a person.</summary>
    public bool IsOnlySource(StreamLog stream, PersonRef person) =>
        person.Stream == stream
        || (_streamsOf.GetValueOrDefault(person.User) is [var only]
            && only == stream
            && !Users.HasOthers(person.User));

    /// <summary>All events of a person in event order.</summary>
    public PersonEntry[] EntriesOf(PersonRef person)
    {
        var entries = new List<PersonEntry>();
        var sources = SourcesOf(person);
        foreach (var stream in sources)
        {
            var wanted = stream.Stretched.IsEmpty && RefOf(stream, 0) == person;
            for (int i = 0, s = 0, end = 0; i < stream.Count; i++)
            {
                if (!stream.Stretched.IsEmpty && i == end)
                {
                    wanted = RefOf(stream, stream.Stretched[s].User) == person;
                    end = stream.Stretched[s++].End;
                }

                if (wanted)
                    entries.Add(new PersonEntry(stream[i], stream, i));
            }
        }

        if (sources.Count > 1)
            entries.Sort(ByOrder);
        return [.. entries];
    }

    private int ByOrder(PersonEntry x, PersonEntry y)
    {
        var byTime = x.TimeUs.CompareTo(y.TimeUs);
        return byTime != 0 || x.Number == y.Number
            ? byTime
            : byEventOrder.Compare(x.Number, y.Number);
    }

    // True when another person's event is just before this one on the device.
    private bool ChangesAt(StreamLog stream, int index)
    {
        if (stream.Stretched.Length < 2 || index <= 0 || index >= stream.Count)
            return false;

        var (before, after) = (stream.UserAt(index - 1), stream.UserAt(index));
        return before != after
            && stream[index].TimeUs - stream[index - 1].TimeUs < timeoutUs
            && RefOf(stream, before) != RefOf(stream, after);
    }

    public void Save(BinaryWriter to)
    {
        Users.Save(to);
        to.Write(_streams.Count);
        foreach (var stream in _streams.Values)
            stream.SaveAll(to);
        to.Write(_streamsOf.Count);
        foreach (var (user, streams) in _streamsOf)
        {
            to.Write(user);
            to.Write(streams.Count);
            foreach (var stream in streams)
                to.Write(stream.Id);
        }
    }

    public void Load(BinaryReader from)
    {
        Users = Users.Load(from);
        var streams = from.ReadInt32();
        _streams.EnsureCapacity(streams);
        for (; streams > 0; streams--)
        {
            var stream = StreamLog.LoadAll(from);
            _streams.Add(stream.Id, stream);
        }

        for (var left = from.ReadInt32(); left > 0; left--)
        {
            var user = from.ReadInt32();
            var list = new List<StreamLog>();
            for (var count = from.ReadInt32(); count > 0; count--)
                list.Add(_streams[from.ReadUInt64()]);
            _streamsOf.Add(user, list);
        }
    }
}

/// <summary>Whom an event counts for and whether another person is next to it.</summary>
internal readonly record struct Annotation(PersonRef Person, bool AfterOther, bool BeforeOther);
