using Sojourn.Events;
using Sojourn.Server.Pages.Lists;
using Sojourn.Sessions;

namespace Sojourn.Server.Pages.Debugging;

/// <summary>The ways from an event to the sessions that hold it.</summary>
internal static class SessionLinks
{
    /// <summary>
    /// One address for each kind of session that holds an event, with the name of the kind's
    /// first list.
    /// </summary>
    public static IEnumerable<(string Title, string Address)> Of(
        Event e, string project, LensPages pages) =>
        from page in pages.All.DistinctBy(one => one.Lens.Kind.Name)
        let id = SessionId.LeadingTo(page.Lens.Kind, e)
        where id is not null
        select (
            page.ShortTitle,
            $"/p/{project}/{DebuggerPages.ToSession}/{id}?at={e.TimeUs}");
}
