using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Sessions;

namespace Sojourn.Benchmarks;

/// <summary>
/// Sessions of 90 days in order of time, the same ones each time: as many persons, events,
/// pages and countries, and as skewed, as in the side-by-side measurements.
/// </summary>
internal sealed class MadeSessions(int count)
{
    public const long StartUs = 1_780_000_000_000_000;
    public const long EndUs = StartUs + 90L * 86_400_000_000;

    public static readonly Field Reason = new("reason", FieldType.Category) { Counted = true };
    public static readonly Field Points = new("points", FieldType.Number);
    public static readonly Field Progress = new("progress", FieldType.Number);
    public static readonly Field Risk = new("risk", FieldType.Number);
    public static readonly Field Address = new("address", FieldType.Text) { Searched = true };

    public static readonly SessionKind Kind = new MadeKind();

    public static readonly Lens Lens = new()
    {
        Name = "made",
        Singular = "made",
        Kind = Kind,
        Fields = Kind.Fields,
    };

    private static readonly string[] FirstNames = ("Ada,Bo,Carla,Dmitri,Elena,Farid,Greta,Hassan,"
        + "Ines,Jonas,Kira,Liam,Mina,Noor,Olga,Pavel,Quinn,Rosa,Sven,Tara,Uma,Viktor,Wanda,Xavier,"
        + "Yusuf,Zoe,Amelie,Bruno,Chiara,Darius").Split(',');

    private static readonly string[] Syllables = ("an,ber,cor,dal,est,fen,gar,hol,ist,jan,kov,lar,"
        + "mon,ner,ost,pet,quin,ras,sen,tov,und,vic,wal,xan,yor,zim").Split(',');

    private static readonly string[] Streets = ("Oak,Maple,Linden,Station,Church,Harbour,Mill,"
        + "Garden,King,Queen,Market,River,Forest,Castle,School,Chapel,Bridge,Meadow").Split(',');

    private static readonly string[] Ways = "Street,Road,Avenue,Lane,Square,Way".Split(',');

    private static readonly string[] Pages =
        [.. Enumerable.Range(0, 200).Select(number => "page" + number)];

    public IEnumerable<Session> All()
    {
        var random = new Random(42);
        var started = StartUs;
        for (var i = 0; i < count; i++)
        {
            started += (long)(Exponential(random) * (EndUs - StartUs) / count / 1000) * 1000;
            yield return One(random, started);
        }
    }

    private static Session One(Random random, long started)
    {
        var events = 1 + (int)(Exponential(random) * 3.4);
        var duration = events == 1 // Whole seconds, as there.
            ? 0
            : (long)(Exponential(random) * 90 * (events - 1)) * 1_000_000;
        var person = "u" + (int)(2_000_000 * Math.Pow(random.NextDouble(), 2.2));
        var status = random.Next(100) switch { < 70 => 0, < 90 => 1, < 97 => 2, _ => 3 };
        var entry = Pages[Skewed(random, 200, 2)];
        var exit = Pages[Skewed(random, 200, 2)];

        return new Session
        {
            Id = new SessionId('m', Fingerprint.Of(person), (ulong)random.NextInt64()),
            Kind = Kind.Name,
            Key = "u:" + person,
            PersonId = person,
            UserId = person,
            AnonymousId = Address4(random),
            Name = $"{Pick(random, FirstNames)} {Town(random)}{Pick(random, Syllables)}",
            StartedUs = started,
            LastEventUs = started + duration,
            EndedUs = started + duration,
            Events = events,
            RawEvents = events,
            Entry = entry,
            Exit = exit,
            StartReason = SessionEdge.Idle,
            Lifecycle = LiveUntil(started + duration + 1_800_000_000, "status" + status),
            Device = "device" + (random.Next(10) switch { < 6 => 0, < 9 => 1, _ => 2 }),
            Country = "C" + Skewed(random, 60, 2.5),
            Source = "source" + Skewed(random, 50, 3),
            SuppressedBy = random.Next(50) == 0 ? "bot" : null,
            EventNames = entry == exit ? [entry] : [entry, exit],
            Values = ValuesOf(random, events),
        };
    }

    private static object?[] ValuesOf(Random random, int events) =>
    [
        "reason" + Skewed(random, 8, 1.8),
        (long)(events * random.Next(30)),
        (long)random.Next(101),
        (long)Skewed(random, 100, 2),
        Home(random),
    ];

    private static Lifecycle LiveUntil(long us, string later) =>
        new("live", SessionEdge.Open, us, later, SessionEdge.Idle);

    private static string Address4(Random random) =>
        $"{random.Next(1, 224)}.{random.Next(256)}.{random.Next(256)}.{random.Next(1, 255)}";

    private static string Home(Random random) =>
        $"{random.Next(1, 300)} {Pick(random, Streets)} {Pick(random, Ways)} {Town(random)}";

    private static string Town(Random random)
    {
        var first = Pick(random, Syllables);
        return char.ToUpperInvariant(first[0]) + first[1..] + Pick(random, Syllables);
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];

    private static int Skewed(Random random, int below, double power) =>
        (int)(below * Math.Pow(random.NextDouble(), power));

    private static double Exponential(Random random) => -Math.Log(1 - random.NextDouble());

    private sealed class MadeKind : SessionKind<string>
    {
        public override string Name => "made";

        public override char IdPrefix => 'm';

        public override bool ByPerson => false;

        public override IReadOnlyList<Field> Fields { get; } =
            [Reason, Points, Progress, Risk, Address];

        public override string? RefusalOf(Session session, StaffAction action, long nowUs) => null;

        protected override string First(
            Event first, ProjectSettings settings, string? before) => "";

        protected override string Next(string detail, Event next, ProjectSettings settings) => "";

        protected override Lifecycle Judge(
            string detail, SessionSpan span, ProjectSettings settings) =>
            Lifecycle.Settled("live", SessionEdge.Open);

        protected override IReadOnlyList<object?> Values(string detail, SessionSpan span) => [];
    }
}
