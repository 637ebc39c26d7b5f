using System.Collections;
using Sojourn.Events;
using Sojourn.Sessions;

namespace Sojourn.Storage.Sqlite;

/// <summary>
/// Compares what one project serves with what its events say: ids once, and sessions equal to
/// a fold of everything.
/// </summary>
internal static class SessionVerification
{
    private static readonly IEqualityComparer<object?> Comparer =
        EqualityComparer<object?>.Create(AreEqual, value => value?.GetHashCode() ?? 0);

    /// <summary>Names every difference, in plain words.</summary>
    public static IEnumerable<string> Run(
        ProjectShare share, StoreKinds kinds, IEnumerable<StaffAction> actions)
    {
        var project = share.Project.Name;
        var events = share.Events.All().ToList();
        foreach (var difference in CheckIds(share, events))
            yield return $"Project {project}: {difference}";

        foreach (var kind in kinds.Kinds)
        {
            var count = 0L;
            foreach (var session in Sessionizer.All(
                [kind], share.Project.Settings, share.Suppression, events, actions))
            {
                count++;
                var shown = share.Ask((columns, _) => columns.Find(session.Id), 0);
                if (Difference(session, shown) is { } difference)
                    yield return $"Project {project}: {kind.Name} {session.Id} {difference}.";
            }

            var all = share.Ask((columns, _) => columns.Count(kind.Name), 0);
            if (all != count)
            {
                yield return $"Project {project}: {all} sessions of kind {kind.Name} are served, "
                    + $"but its events make {count}.";
            }
        }
    }

    private static IEnumerable<string> CheckIds(ProjectShare share, List<Event> events)
    {
        for (var number = 0; number < events.Count; number++)
        {
            var numbers = share.Ids.Find(Fingerprint.Of(events[number].Id));
            if (!numbers.Contains(number))
                yield return $"event {events[number].Id} would be stored again.";
            foreach (var other in numbers)
            {
                if (other < number && events[other].Id == events[number].Id)
                    yield return $"event {events[number].Id} is there twice.";
            }
        }
    }

    private static string? Difference(Session expected, Session? shown)
    {
        if (shown is null)
            return "is not served";

        foreach (var property in typeof(Session).GetProperties())
        {
            // Lists have no details; whoever opens a session folds it from its events.
            if (property.Name is nameof(Session.Detail) or nameof(Session.FirstEvent))
                continue;

            var (should, does) = (property.GetValue(expected), property.GetValue(shown));
            if (!AreEqual(should, does))
                return $"has {property.Name} {Text(does)} instead of {Text(should)}";
        }

        return null;
    }

    private static bool AreEqual(object? left, object? right) =>
        left is IEnumerable and not string && right is IEnumerable and not string
            ? Items(left).SequenceEqual(Items(right), Comparer)
            : Equals(left, right);

    private static string Text(object? value) =>
        value is IEnumerable and not string ? $"[{string.Join(", ", Items(value).Select(Text))}]"
        : $"{value ?? "nothing"}";

    private static IEnumerable<object?> Items(object value) => ((IEnumerable)value).Cast<object?>();
}
