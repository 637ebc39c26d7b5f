using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Sessions;

namespace Sojourn.Tests.Storage.Columns;

/// <summary>Random sessions, filters and queries, the same ones for the same seed.</summary>
internal sealed class RandomParcels(int seed)
{
    private static readonly string[] Names =
        ["Ada Lovelace", "ada", "Émile Zola", "ÉMILE", "Ωmega ΣΑΣ", "أحمد", "O'Neil", "ZOË", ""];

    private static readonly string[] Words =
        ["red", "Red", "blue", "green", "", "Zürich", "é", "a b", "ünï"];

    private static readonly string[] Statuses = ["live", "active", "ended", "lost"];

    private static readonly Field[] Sorts =
    [
        CommonFields.Started, CommonFields.LastEvent, CommonFields.Duration, CommonFields.Events,
        ParcelKind.Points, ParcelKind.Due, ParcelKind.Value, ParcelKind.Topic,
    ];

    private readonly Random _random = new(seed);

    public long NowUs() => Some.Us(_random.Next(-10, 310));

    public int Next(int below) => _random.Next(below);

    public SessionId Id(int number) => new('p', (ulong)(number % 7), (ulong)number);

    public Session Session(int number)
    {
        var person = Pick("ada", "Bob", "d-1", "d-2", "u1", "");
        var started = Some.Us(_random.Next(0, 300)) + _random.Next(3);
        var ended = started + _random.NextInt64(_random.Next(3) == 0 ? 1 : 7_200_000_000);
        return new Session
        {
            Id = Id(number),
            Kind = "parcel",
            Key = Pick("u:" + person, "d:" + person, person, "cart-" + number),
            PersonId = person,
            AnonymousId = Pick(null, person, "d-1", "d-3"),
            UserId = Pick(null, person, "ada", "Bob"),
            Email = Pick(null, "ada@example.org", "BOB@Example.org", "émile@example.org"),
            Name = Pick([null, .. Names]),
            StartedUs = started,
            EndedUs = ended,
            LastEventUs = ended - (_random.Next(2) == 0 ? 0 : _random.Next(1_000)),
            Events = _random.Next(0, 12),
            RawEvents = _random.Next(0, 70_000),
            Entry = Pick("page_view", "email_open", "x" + _random.Next(40)),
            Exit = Pick("page_view", "y" + _random.Next(400)),
            StartReason = (SessionEdge)_random.Next(11),
            Lifecycle = Lifecycle(ended),
            Device = Pick(null, "mobile", "desktop", "tablet"),
            Country = Pick(null, "DZ", "DE", "FR"),
            Source = Pick("", "direct", "example.org"),
            SuppressedBy = _random.Next(5) == 0 ? Pick("bot", "internal") : null,
            Version = _random.Next(3),
            Archived = _random.Next(6) == 0,
            EventNames = Set("page_view", "email_open", "email_click", "identify"),
            Values = Values(number),
        };
    }

    public SessionQuery Query() => new()
    {
        Lens = Pick(ParcelKind.Parcels, ParcelKind.ParcelsByStops),
        Filters = [.. Filters().DistinctBy(one => one.Field.Name).Take(_random.Next(5))],
        Text = _random.Next(3) == 0
            ? Pick("a", "ADA", "emile", "É", "zo", "σας", "احمد", "example.org", "street", "rich",
                "x", "", "\u0301")
            : null,
        Suppressed = (SuppressedView)_random.Next(3),
        Archived = _random.Next(2) == 0,
        Sort = Pick(Sorts),
        Descending = _random.Next(2) == 0,
        Limit = _random.Next(1, 30),
        Offset = _random.Next(4) == 0 ? _random.Next(60) : 0,
        WithFacets = _random.Next(4) != 0,
    };

    private IEnumerable<Filter> Filters()
    {
        while (true)
        {
            yield return _random.Next(20) switch
            {
                0 => Any(CommonFields.Person, "ada", "d-1", "u1", "", "nobody"),
                1 => Within(CommonFields.Started, Some.Us(-10), Some.Us(320)),
                2 => Within(CommonFields.LastEvent, Some.Us(-10), Some.Us(420)),
                3 => Within(CommonFields.Duration, 0, 7_200_000_000),
                4 => Within(CommonFields.Events, 0, 12),
                5 => Any(CommonFields.Entry, "page_view", "x1", "x2", "none"),
                6 => Any(CommonFields.Exit, [.. Enumerable.Range(0, 400).Select(i => "y" + i)]),
                7 or 8 or 9 => Any(CommonFields.Status, Statuses),
                10 => Any(CommonFields.Device, "", "mobile", "tablet"),
                11 => Any(CommonFields.Source, "", "direct"),
                12 => Any(CommonFields.Contains, "page_view", "identify", "", "none"),
                13 => Any(CommonFields.Name, [.. Names, "émile"]),
                14 => Any(ParcelKind.Topic, [.. Words]),
                15 => Any(ParcelKind.Labels, [.. Words]),
                16 => Any(ParcelKind.Memo, [.. Words, "paid"]),
                17 => Within(ParcelKind.Points, -5, 300),
                18 => Within(ParcelKind.Value, -100, 100_000),
                _ => Any(CommonFields.Country, "DZ", "", "XX"),
            };
        }
    }

    private AnyOf Any(Field field, params string[] values) =>
        new(field, [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Pick(values))]);

    private Between Within(Field field, long low, long high) => new(
        field,
        _random.Next(4) == 0 ? null : _random.NextInt64(low, high),
        _random.Next(4) == 0 ? null : _random.NextInt64(low, high));

    private Lifecycle Lifecycle(long endedUs)
    {
        var status = Pick(Statuses);
        var reason = (SessionEdge)_random.Next(11);
        return _random.Next(3) == 0
            ? Sojourn.Sessions.Lifecycle.Settled(status, reason)
            : new Lifecycle(
                status, reason, endedUs + _random.Next(3) * 60_000_000L, Pick(Statuses),
                SessionEdge.Idle);
    }

    private object?[] Values(int number) =>
    [
        Pick([null, .. Words]),
        Pick(null, "Zürich", "Oran", "Constantine"),
        Set(Words),
        _random.Next(4) == 0 ? null : (long)_random.Next(-5, 300),
        (long?)_random.Next(8),
        _random.Next(3) == 0 ? null : Some.Us(_random.Next(600)),
        _random.Next(3) == 0 ? null : new Money(_random.Next(-100, 100_000), Pick("USD", "DZD")),
        Pick(null, $"{number % 50} Oak Street", "12 RUE de l'Église", "حي السلام"),
        Pick([null, "paid", "Paid", .. Words]),
        Pick(null, "0550" + number),
    ];

    private string[] Set(params string[] from)
    {
        var set = from.Where(_ => _random.Next(3) == 0).ToArray();
        return [.. set.Order(StringComparer.Ordinal)];
    }

    private T Pick<T>(params T[] from) => from[_random.Next(from.Length)];
}
