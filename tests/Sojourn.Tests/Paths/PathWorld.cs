using Sojourn.Events;

namespace Sojourn.Tests.Paths;

/// <summary>Visits that took all sorts of paths.</summary>
internal static class PathWorld
{
    private static readonly string[] Starts =
        ["email_open", "email_click", "/", "/blog/a", "ad_click", "search_visit", "identify"];

    private static readonly string[] Ends =
        ["demo_request", "trial_signup", "contact_submit", "newsletter", "unsubscribe"];

    private static readonly string[] Referrers =
        ["https://www.google.com/", "https://t.co/x", "https://news.example/", ""];

    /// <summary>Visits of four months before <see cref="Some.Start"/>, always the same.</summary>
    public static IReadOnlyList<Event> Events(int visits)
    {
        var random = new Random(7);
        return
        [
            .. from visit in Enumerable.Range(0, visits)
               let steps = Steps(random)
               let referrer = Referrers[random.Next(Referrers.Length)]
               let agent = random.Next(12) == 0 ? "Googlebot/2.1" : null
               from e in Visit("v" + visit, -random.Next(170_000), [.. steps])
               select e with
               {
                   Context = e.Context with
                   {
                       UserAgent = agent,
                       Referrer = referrer.Length == 0 ? null : referrer,
                   },
               },
        ];
    }

    /// <summary>A visit with an event each minute; what begins with / is a page.</summary>
    public static IReadOnlyList<Event> Visit(string user, double minute, params string[] steps) =>
    [
        .. steps.Select((step, place) => step.StartsWith('/')
            ? Some.Event("page_view", minute + place, user,
                context: new EventContext { Url = "https://x.example" + step })
            : Some.Event(step, minute + place, user)),
    ];

    private static List<string> Steps(Random random)
    {
        var steps = new List<string> { Starts[random.Next(Starts.Length)] };
        for (var left = random.Next(8); left > 0; left--)
        {
            steps.Add(random.Next(4) switch
            {
                0 => "/pricing",
                1 => "/case-studies/x",
                2 => "/docs/y",
                _ => "/section" + (int)(24 * Math.Pow(random.NextDouble(), 3)),
            });
        }

        if (random.Next(3) == 0)
            steps.Add(Ends[random.Next(Ends.Length)]);
        return steps;
    }
}
