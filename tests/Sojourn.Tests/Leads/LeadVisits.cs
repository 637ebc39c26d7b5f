using Sojourn.Events;
using Sojourn.Events.Classification;
using Sojourn.Events.Rules;
using Sojourn.Kinds.Visits;
using Sojourn.Sessions;

namespace Sojourn.Tests.Leads;

/// <summary>Visits as the leads' list sees them.</summary>
internal static class LeadVisits
{
    /// <summary>Settings with one set of rules saved.</summary>
    public static ProjectSettings With(string set, string json, int version = 1) => new()
    {
        Rules = new Dictionary<string, RuleText> { [set] = new(version, json) },
    };

    /// <summary>All visits of some events, in order of start.</summary>
    public static List<Session> Of(ProjectSettings settings, params IEnumerable<Event> events) =>
    [
        .. Sessionizer
            .All([new VisitKind()], settings, SuppressionRules.Default, events, [])
            .OrderBy(session => session.StartedUs),
    ];

    /// <summary>The one visit of some events.</summary>
    public static Visit One(params IEnumerable<Event> events) => One(new(), events);

    /// <summary>The one visit of some events under rules.</summary>
    public static Visit One(ProjectSettings settings, params IEnumerable<Event> events) =>
        DetailOf(Of(settings, events).Single());

    public static Visit DetailOf(Session session) => (Visit)session.Detail!;

    public static object? Value(Session session, Field field) =>
        session.Values[new VisitKind().Fields.ToList().IndexOf(field)];

    /// <summary>A page was seen.</summary>
    public static Event Page(string path, double minute, string user = "ada") => Some.Event(
        "page_view", minute, user, context: new EventContext { Url = "https://x.example" + path });
}
