using Sojourn.Kinds.Visits;
using Sojourn.Sessions;

namespace Sojourn.Benchmarks;

/// <summary>
/// Visits of 90 days that took paths over a site, the same ones each time: few pages that most
/// go through, many that few do, and one in five converts.
/// </summary>
internal sealed class MadePaths(int count)
{
    public const long StartUs = MadeSessions.StartUs;
    public const long EndUs = MadeSessions.EndUs;

    private static readonly string[] Pages =
        "Home,Pricing,Docs,Blog post,Case study,Features,Integrations,About".Split(',');

    private static readonly string[] Goals = ["Demo request", "Trial signup", "Contact form"];

    private static readonly string[] Entries =
        ["page_view", "email_click", "ad_click", "email_open", "form_submit"];

    private static readonly string[] Channels =
        ["search", "direct", "email", "paid", "referral", "social", "campaign"];

    public IEnumerable<Session> All()
    {
        var random = new Random(42);
        for (var i = 0; i < count; i++)
        {
            var started = StartUs + (EndUs - StartUs) / count * i;
            yield return One(random, i, started);
        }
    }

    /// <summary>One line for each: six steps, empty where it took fewer, and its goal.</summary>
    public void WriteCsv(TextWriter to)
    {
        to.WriteLine("step_1,step_2,step_3,step_4,step_5,step_6,goal");
        foreach (var session in All())
        {
            var (path, goal) = PathOf(session);
            string?[] cells = [.. path, .. new string[Visit.PathMax - path.Length], goal];
            to.WriteLine(string.Join(',', cells));
        }
    }

    /// <summary>The steps of a session, and its goal or null.</summary>
    public static (string[] Steps, string? Goal) PathOf(Session session) =>
        ((string[])session.Values[5]!, (string?)session.Values[4]); // Made below with both.

    private static Session One(Random random, int number, long started)
    {
        var path = Path(random);
        var goal = random.Next(5) == 0 ? Goals[Skewed(random, Goals.Length)] : null;
        var duration = path.Length * random.Next(5, 200) * 1_000_000L;
        var entry = Entries[Skewed(random, Entries.Length)];
        return new Session
        {
            Id = new SessionId('v', (ulong)number, (ulong)random.NextInt64()),
            Kind = "visit",
            Key = "u:" + number,
            PersonId = "u" + number,
            StartedUs = started,
            LastEventUs = started + duration,
            EndedUs = started + duration,
            Events = path.Length + random.Next(4),
            RawEvents = path.Length,
            Entry = entry,
            Exit = entry,
            StartReason = SessionEdge.First,
            Source = "direct",
            Lifecycle = Lifecycle.Settled(
                goal is null ? VisitStatus.Ended : VisitStatus.Converted, SessionEdge.Idle),
            EventNames = [entry],
            Values =
            [
                0L, 0L, Channels[Skewed(random, Channels.Length)], "none", goal, path,
                goal is null ? null : (object)duration, null, null,
            ],
        };
    }

    private static string[] Path(Random random)
    {
        var steps = new List<string>();
        do
        {
            var page = Pages[Skewed(random, Pages.Length)];
            if (steps.Count == 0 || steps[^1] != page)
                steps.Add(page);
        }
        while (steps.Count < Visit.PathMax && random.Next(100) < 45);
        return [.. steps];
    }

    private static int Skewed(Random random, int below) =>
        (int)(below * Math.Pow(random.NextDouble(), 2));
}
