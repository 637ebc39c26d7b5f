using System.Collections.Concurrent;
using Sojourn.Events;
using Sojourn.Events.Rules;

namespace Sojourn.Kinds.Visits.Leads;

/// <summary>
/// Finds the step an event is without trying every rule: names and paths come again and again.
/// Safe to use from several threads.
/// </summary>
internal sealed class JourneyIndex(JourneySet set)
{
    private const int KnownMax = 20_000;

    private readonly ConcurrentDictionary<string, int[]> _byName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _byPath = new(StringComparer.Ordinal);

    /// <summary>The first step that holds for an event, or null.</summary>
    public JourneyStep? StepOf(Event e)
    {
        var byPath = EventNames.IsView(e.Name)
            && EventFacts.PathOf(EventFacts.UrlOf(e)) is { } path
            ? PlaceOf(path)
            : set.Steps.Count;
        foreach (var place in PlacesOf(e.Name))
        {
            if (place >= byPath)
                break;
            if (set.Steps[place].When!.Holds(e)) // Places are of steps that have one.
                return set.Steps[place];
        }

        return byPath < set.Steps.Count ? set.Steps[byPath] : null;
    }

    // The steps that may hold for events of a name, besides those by path.
    private int[] PlacesOf(string name) => Known(_byName, name, static (name, set) =>
    [
        .. Enumerable.Range(0, set.Steps.Count).Where(place =>
            set.Steps[place].When is { } when
            && (when.Events.Count == 0 || when.Events.Contains(name, StringComparer.Ordinal))),
    ]);

    private int PlaceOf(string path) => Known(_byPath, path, static (path, set) =>
        set.Steps.TakeWhile(step => !step.IsPage(path)).Count());

    private T Known<T>(
        ConcurrentDictionary<string, T> known, string text, Func<string, JourneySet, T> find)
    {
        if (known.TryGetValue(text, out var found))
            return found;

        found = find(text, set);
        if (known.Count < KnownMax)
            known[text] = found;
        return found;
    }
}
