using Sojourn.Events;
using Sojourn.Sessions;

namespace Sojourn.Storage.Sqlite;

/// <summary>Says what another timeout would do.</summary>
internal static class TimeoutPreviews
{
    /// <summary>Counts visits now and under another timeout. Writes nothing.</summary>
    public static TimeoutPreview Of(ProjectShare share, StoreKinds kinds, TimeSpan timeout)
    {
        if (share.Ask(sessions => sessions.CountUnder(timeout)) is not var (before, after))
            return Fold(share, kinds, timeout);

        // Where silence alone divides, a longer one only merges and a shorter only splits.
        return new TimeoutPreview(
            before, after, Math.Max(0, after - before), Math.Max(0, before - after));
    }

    private static TimeoutPreview Fold(ProjectShare share, StoreKinds kinds, TimeSpan timeout)
    {
        var events = share.Events.All().ToList();
        var before = Starts(share, kinds, share.Project.Settings, events);
        var after = Starts(
            share, kinds, share.Project.Settings with { Timeout = timeout }, events);
        return new TimeoutPreview(
            before.Count, after.Count, after.Count(one => !before.Contains(one)),
            before.Count(one => !after.Contains(one)));
    }

    private static HashSet<SessionId> Starts(
        ProjectShare share, StoreKinds kinds, ProjectSettings settings, List<Event> events) =>
        [
            .. Sessionizer
                .All(
                    [.. kinds.Kinds.Where(kind => kind.ByPerson)],
                    settings,
                    share.Suppression,
                    events,
                    [])
                .Select(session => session.Id),
        ];
}
