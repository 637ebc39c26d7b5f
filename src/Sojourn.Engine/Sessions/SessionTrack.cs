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
    private Event _last;
    private int _events = 1;
    private string[] _names;

    public SessionTrack(Folding folding, in PersonEvent first, object? before)
    {
        _folding = folding;
        _first = _last = first.Event;
        EndedUs = first.Event.TimeUs;
        Source = TrafficSource.Of(first.Event);
        _names = [first.Event.Name];
        SuppressedBy = first.SuppressedBy;
        Detail = folding.Kind.Start(first.Event, folding.Settings, before);
        Learn(first);
    }

    /// <summary>The rule that suppresses its first event; null when its events count.</summary>
    public string? SuppressedBy { get; }

    /// <summary>The kind's own state.</summary>
    public object Detail { get; private set; }

    /// <summary>Last sign of life that counts, microseconds UTC.</summary>
    public long EndedUs { get; private set; }

    public string Entry => _first.Name;

    public string Source { get; }

    public Person? Person { get; private set; }

    public string? AnonymousId { get; private set; }

    public string? Email { get; private set; }

    public string? Name { get; private set; }

    public string? Device { get; private set; }

    public string? Country { get; private set; }

    /// <summary>The different event names, sorted; never changed in place.</summary>
    public IReadOnlyList<string> Names => _names;

    public SessionSpan Span => new(
        _first.TimeUs, _last.TimeUs, EndedUs, _events, _last.Name, SuppressedBy,
        SessionEdge.Open);

    public void Add(in PersonEvent next)
    {
        _last = next.Event;
        _events++;
        EndedUs = next.Event.TimeUs;
        AddName(next.Event.Name);
        Detail = _folding.Kind.Apply(Detail, next.Event, _folding.Settings);
        Learn(next);
    }

    public void Extend(long seenUs)
    {
        EndedUs = seenUs;
        Detail = _folding.Kind.Extend(Detail, seenUs);
    }

    private void Learn(in PersonEvent next)
    {
        Person = next.Person ?? Person;
        AnonymousId = next.Event.AnonymousId ?? AnonymousId;
        Country = next.Event.Context.Country ?? Country;
        Device ??= DeviceClass.Of(next.Event.Context.UserAgent);
        if (next.Event.Name == EventNames.Identify)
        {
            Email = Traits.Text(next.Event, "email") ?? Email;
            Name = Traits.Text(next.Event, "name") ?? Name;
        }
        else if (MailEventNames.IsOfMail(next.Event.Name))
        {
            // A mail names the address it went to, and says nothing against what the person told.
            Email ??= next.Event.Properties.Text("email");
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
