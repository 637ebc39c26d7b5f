using System.Buffers;
using Sojourn.Events;

namespace Sojourn.Server.Commands.Sessionizing;

/// <summary>
/// Gathers a file's events, each id once, so that those of one person can be folded together.
/// Small piles stay in memory; large ones go to temporary files by person, as long as every
/// event names one identity only. Where devices and users mix, all stay in memory, because a
/// late event may join any two of them.
/// </summary>
internal sealed class EventPile : IDisposable
{
    /// <summary>Events kept in memory before anything goes to a file.</summary>
    public const int EventsInMemoryMax = 1_000_000;

    private const int Parts = 128;

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    private readonly int _inMemoryMax;
    private readonly HashSet<ulong> _ids = [];
    private readonly string _folder;
    private List<Event> _events = [];
    private EventFileWriter[]? _files;
    private bool _isMixed;

    /// <summary>Starts empty.</summary>
    /// <param name="inMemoryMax">Events kept in memory before files are used.</param>
    public EventPile(int inMemoryMax = EventsInMemoryMax)
    {
        _inMemoryMax = inMemoryMax;
        _folder = Directory.CreateTempSubdirectory("sojourn-").FullName;
    }

    /// <summary>The folder for temporary files; deleted with the pile.</summary>
    public string Folder => _folder;

    /// <summary>Time of the latest event, microseconds UTC; 0 = none.</summary>
    public long LastUs { get; private set; }

    /// <summary>Adds an event, unless its id was added before: the first one stays.</summary>
    public void Add(Event e)
    {
        // An id made from a line cannot occur twice, and there may be many millions.
        if (!IsMade(e.Id) && !_ids.Add(Fingerprint.Of(e.Id)))
            return;

        LastUs = Math.Max(LastUs, e.TimeUs);
        _isMixed |= e is { AnonymousId: not null, UserId: not null } || e.Name == EventNames.Alias;
        if (_files is not null && !_isMixed)
        {
            FileOf(e).Write(e);
            return;
        }

        _events.Add(e);
        if (_events.Count >= _inMemoryMax && !_isMixed)
            Spill();
    }

    /// <summary>The events in parts; all events of one person are in one part.</summary>
    public IEnumerable<IReadOnlyList<Event>> TakeParts()
    {
        if (_files is null)
        {
            yield return _events;
            yield break;
        }

        foreach (var file in _files) file.Dispose();
        var files = _files.Select(file => EventFileReader.ReadAll(file.Path));
        if (_isMixed)
        {
            yield return [.. files.SelectMany(events => events), .. _events];
            yield break;
        }

        foreach (var events in files)
            yield return [.. events];
    }

    public void Dispose()
    {
        foreach (var file in _files ?? []) file.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Spill()
    {
        _files ??=
        [
            .. Enumerable.Range(0, Parts).Select(part =>
                new EventFileWriter(Path.Combine(_folder, $"events-{part}"))),
        ];
        foreach (var e in _events) FileOf(e).Write(e);
        _events = [];
    }

    private EventFileWriter FileOf(Event e) =>
        _files![Fingerprint.Of(e.Stream ?? "") % Parts]; // Only called once files are open.

    private static bool IsMade(string id) =>
        id.Length >= 19 && id[0] == 'l' && id[17] == '-'
        && id.AsSpan(1, 16).IndexOfAnyExcept(Hex) < 0;
}
