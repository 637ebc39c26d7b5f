using Sojourn.Events;
using Sojourn.Events.Classification;

namespace Sojourn.Sessions;

/// <summary>What is shown of a session: folded from the events that count.</summary>
internal sealed class SessionTrack
{
    /// <summary>Most different event names remembered; further ones are counted only.</summary>
    private const int NamesMax = 64;

    private readonly Folding _folding;
    private readonly Event _first;
    private Person? _person;
    private Event _last;
    private long _endedUs;
    private int _events = 1;
    private string[] _names;
    private string? _device;
    private string? _country;
    private string? _anonymousId;
    private string? _email;
    private string? _name;

    public SessionTrack(Folding folding, in PersonEvent first, string? suppressedBy)
    {
        _folding = folding;
        _first = _last = first.Event;
        _endedUs = first.Event.TimeUs;
        _names = [first.Event.Name];
        SuppressedBy = suppressedBy;
        Detail = folding.Kind.Start(first.Event, folding.Settings);
        Learn(first);
    }

    /// <summary>The rule that suppresses its first event; null when its events count.</summary>
    public string? SuppressedBy { get; }

    /// <summary>The kind's own state.</summary>
    public object Detail { get; private set; }

    public SessionSpan Span => new(
        _first.TimeUs, _last.TimeUs, _endedUs, _events, _last.Name, SessionEdge.Open);

    public void Add(in PersonEvent next)
    {
        _last = next.Event;
        _events++;
        _endedUs = next.Event.TimeUs;
        AddName(next.Event.Name);
        Detail = _folding.Kind.Apply(Detail, next.Event, _folding.Settings);
        Learn(next);
    }

    public void Extend(long seenUs) => _endedUs = seenUs;

    public Session ToSession() => new()
    {
        Id = default,
        Kind = _folding.Kind.Name,
        Key = "",
        PersonId = _person?.Id ?? "",
        AnonymousId = _anonymousId,
        UserId = _person?.UserId,
        Email = _email,
        Name = _name,
        StartedUs = _first.TimeUs,
        LastEventUs = _last.TimeUs,
        EndedUs = _endedUs,
        Events = _events,
        RawEvents = 0,
        Entry = _first.Name,
        Exit = _last.Name,
        StartReason = SessionEdge.First,
        Lifecycle = default,
        Device = _device,
        Country = _country,
        Source = TrafficSource.Of(_first),
        SuppressedBy = SuppressedBy,
        EventNames = _names,
        Values = [],
    };

    private void Learn(in PersonEvent next)
    {
        _person = next.Person ?? _person;
        _anonymousId = next.Event.AnonymousId ?? _anonymousId;
        _country = next.Event.Context.Country ?? _country;
        _device ??= DeviceClass.Of(next.Event.Context.UserAgent);
        if (next.Event.Name == Events.EventNames.Identify)
        {
            _email = Traits.Text(next.Event, "email") ?? _email;
            _name = Traits.Text(next.Event, "name") ?? _name;
        }
    }

    // Copied on change, because sessions already handed out keep theirs.
    private void AddName(string name)
    {
        var place = Array.BinarySearch(_names, name, StringComparer.Ordinal);
        if (place < 0 && _names.Length < NamesMax)
            _names = [.. _names[..~place], name, .. _names[~place..]];
    }
}
