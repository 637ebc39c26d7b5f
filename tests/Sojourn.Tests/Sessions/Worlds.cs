using Sojourn.Events.Classification;
using Sojourn.Events.Rules;
using System.Globalization;
using System.Text.Json;
using Sojourn.Events;
using Sojourn.Kinds.Checkouts;
using Sojourn.Kinds.Reservations;
using Sojourn.Kinds.Visits;
using Sojourn.Sessions;
using Sojourn.Sessions.Live;
using Xunit;

namespace Sojourn.Tests.Sessions;

/// <summary>Small random worlds in which everything that can go wrong with order does.</summary>
internal static class Worlds
{
    public static readonly IReadOnlyList<SessionKind> Kinds =
        [new VisitKind(), new CheckoutKind(), new ReservationKind()];

    private static readonly string[] Names =
    [
        "page_view", "page_view", "page_ping", "identify", "alias", "email_open", "created",
        "checkout_started", "checkout_field", "checkout_left", "order_submitted",
        "reservation_created", "reservation_renewed", "reservation_cancelled",
    ];

    /// <summary>Suppresses mails, so that bounds and counts look at different events.</summary>
    public static ISuppression SuppressMails { get; } =
        new EachAlone(e => e.Name == "email_open" ? "mail" : null);

    /// <summary>Suppresses mails, and crowds: what is suppressed depends on neighbours.</summary>
    public static ISuppression SuppressCrowds { get; } = new SuppressionRules(new SuppressionSet
    {
        Filters = [new("mail", new EventCondition { Events = ["email_open"] })],
        Velocity = new Velocity(2, 30),
    });

    /// <summary>Events of few people, devices and instants, so that they meet often.</summary>
    public static List<Event> Events(Random random, int count)
    {
        var events = Enumerable.Range(0, count).Select(i => Event(random, i)).ToList();
        for (var left = random.Next(1 + count / 8); left > 0; left--)
            events.AddRange(StaffWords(random, events.Count));

        return events;
    }

    // Staff join two people, and mostly think better of it.
    private static IEnumerable<Event> StaffWords(Random random, int i)
    {
        var user = "u" + random.Next(4);
        var previous = (random.Next(2) == 0 ? "u" : "d") + random.Next(4);
        var alias = AliasEvent.Of(
            user, previous, new EventPosition(Some.Us(random.Next(400)), null, $"alias-{i}"));
        yield return alias;
        if (random.Next(3) > 0)
        {
            yield return AliasEvent.Undoing(
                user,
                random.Next(6) > 0 ? alias.Id : "nothing",
                new EventPosition(Some.Us(random.Next(400)), null, $"undo-{i}"));
        }
    }

    /// <summary>
    /// Rules by which what one event gives depends on those before it, in whatever visit.
    /// </summary>
    public const string Scoring = """
        {"half_life_days":1,"rules":[
            {"id":"a","name":"a","points":3,"dedupe":"once_per_lead",
             "when":{"events":["page_view"]}},
            {"id":"b","name":"b","points":-2,"cap":4,"when":{"events":["created","identify"]}},
            {"id":"c","name":"c","points":1,"dedupe":"once_within","within_hours":2,
             "when":{"where":[{"property":"trust","is":"equals","value":"verified"}]}}]}
        """;

    public static ProjectSettings Settings(Random random) => new()
    {
        MaxLength = random.Next(4) == 0 ? TimeSpan.FromMinutes(45) : null,
        MaxEvents = random.Next(4) == 0 ? 3 : null,
        CutAtCampaign = random.Next(3) == 0,
        CutAtMidnight = random.Next(4) == 0,
        TimeZone = "Africa/Algiers",
        Rules = random.Next(2) == 0
            ? new Dictionary<string, RuleText>()
            : new Dictionary<string, RuleText> { ["scoring"] = new(1, Scoring) },
    };

    /// <summary>Everything about sessions as text, in an order of its own.</summary>
    public static string Describe(IEnumerable<Session> sessions) => string.Join('\n', sessions
        .OrderBy(session => session.Id.ToString(), StringComparer.Ordinal)
        .Select(Describe));

    public static string Describe(Session s)
    {
        var values = s.Values.Select(
            value => Convert.ToString(value, CultureInfo.InvariantCulture));
        return $"{s.Id} {s.Kind} {s.Key} person={s.PersonId}/{s.AnonymousId}/{s.UserId} "
            + $"{s.StartedUs}-{s.LastEventUs}-{s.EndedUs} events={s.Events}/{s.RawEvents} "
            + $"{s.Entry}>{s.Exit} {s.StartReason} {s.Lifecycle} {s.Source} "
            + $"suppressed={s.SuppressedBy} v{s.Version} archived={s.Archived} "
            + $"[{string.Join(',', s.EventNames)}] ({string.Join('|', values)}) "
            + $"first={s.FirstEvent?.Id} {JsonSerializer.Serialize(s.Detail)}";
    }

    private static Event Event(Random random, int i)
    {
        var name = Names[random.Next(Names.Length)];
        var hasDevice = random.Next(3) > 0;
        var hasUser = !hasDevice || random.Next(3) == 0;
        return Some.Event(
            name,
            minute: random.Next(90) * 4 + random.Next(2) * 15,
            user: hasUser ? "u" + random.Next(4) : null,
            device: hasDevice ? "d" + random.Next(3) : null,
            id: $"e{random.Next(1000):D3}-{i}",
            seq: random.Next(3) == 0 ? random.Next(5) : null,
            trust: random.Next(3) == 0 ? Trust.Claimed : Trust.Verified,
            context: random.Next(4) > 0 ? null : new EventContext
            {
                Campaign = new Campaign(null, "c" + random.Next(2), null, null, null),
            },
            properties: Properties(random, name));
    }

    private static string Properties(Random random, string name) => name switch
    {
        "alias" when random.Next(6) > 0 => "{}",
        "alias" =>
            $$"""{"previous_id":"{{(random.Next(2) == 0 ? "u" : "d")}}{{random.Next(4)}}"}""",
        "identify" => $$"""{"user_id":"u{{random.Next(4)}}","email":"m{{random.Next(9)}}@x.org"}""",
        "page_view" or "created" => $$"""{"points":{{random.Next(5)}}}""",
        _ when name.StartsWith("reservation", StringComparison.Ordinal) =>
            $$"""{"cart_token":"t{{random.Next(2)}}","items":[{"variant":"v","price":2}]}""",
        "order_submitted" =>
            $$"""{"checkout_id":"c{{random.Next(2)}}","cart_token":"t{{random.Next(2)}}"}""",
        _ => $$"""{"checkout_id":"c{{random.Next(3)}}","field":"f{{random.Next(3)}}"}""",
    };
}

/// <summary>A live engine on top of a plain list, with the sessions its diffs add up to.</summary>
internal sealed class LiveWorld : IEventReader
{
    private readonly ProjectSettings _settings;
    private readonly List<Event> _stored = [];
    private readonly List<StaffAction> _actions = [];
    private readonly HashSet<string> _known = [];
    private readonly Dictionary<SessionId, Session> _sessions = [];
    private LiveSessions _live;

    public LiveWorld(ProjectSettings settings)
    {
        _settings = settings;
        _live = NewLive();
    }

    public IReadOnlyCollection<Session> Sessions => _sessions.Values;

    public LiveSessions Live => _live;

    public Event Read(int number) => _stored[number];

    public void Add(IEnumerable<Event> batch)
    {
        var first = _stored.Count;
        var fresh = batch.Where(e => _known.Add(e.Id)).ToList();
        _stored.AddRange(fresh);
        Apply(_live.Add(first, fresh));
    }

    public void Act(StaffAction action)
    {
        _actions.Add(action);
        Apply(_live.Add(action));
    }

    /// <summary>Forgets all that a process that stops forgets, keeping only the snapshot.</summary>
    public void Restart()
    {
        var snapshot = new MemoryStream();
        using (var writer = new BinaryWriter(snapshot, System.Text.Encoding.UTF8, true))
            _live.Save(writer);
        snapshot.Position = 0;
        _live = NewLive();
        using var reader = new BinaryReader(snapshot);
        _live.Load(reader);
        foreach (var action in _actions)
            Apply(_live.Add(action));
    }

    private LiveSessions NewLive() =>
        new(Worlds.Kinds, _settings, Worlds.SuppressCrowds, this);

    private void Apply(SessionDiff diff)
    {
        foreach (var id in diff.Removed)
            Assert.True(_sessions.Remove(id), $"{id} was removed and never there");
        foreach (var session in diff.Changed)
            _sessions[session.Id] = session;
    }
}
