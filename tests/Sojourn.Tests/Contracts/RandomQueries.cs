using Sojourn.Events;
using Sojourn.Kinds.Checkouts;
using Sojourn.Kinds.Reservations;
using Sojourn.Kinds.Visits;
using Sojourn.Queries;
using Sojourn.Sessions;

namespace Sojourn.Tests.Contracts;

/// <summary>Questions of every sort about the sessions of a random world.</summary>
/// <param name="random">What decides.</param>
/// <param name="sessions">
/// Sessions whose values are asked for, so that most answers have rows.
/// </param>
internal sealed class RandomQueries(Random random, IReadOnlyList<Session> sessions)
{
    private static readonly Lens[] Lenses =
    [
        VisitLenses.Leads, VisitLenses.Users, CheckoutLens.Checkouts,
        ReservationLens.Reservations,
    ];

    private static readonly Field[] Sorts =
    [
        CommonFields.Started, CommonFields.LastEvent, CommonFields.Duration, CommonFields.Events,
    ];

    public SessionQuery Next()
    {
        var lens = Pick(Lenses);
        var fields = CommonFields.All.Concat(lens.Fields).Where(field => !field.ShownOnly);
        return new SessionQuery
        {
            Lens = lens,
            Filters =
            [
                .. fields.Where(_ => random.Next(8) == 0).Select(field => FilterOn(lens, field)),
            ],
            Text = random.Next(5) == 0 ? TextOf(lens) : null,
            Suppressed = Pick(Enum.GetValues<SuppressedView>()),
            Archived = random.Next(2) == 0,
            Sort = Pick([.. Sorts, .. lens.Fields.Where(IsSortable)]),
            Descending = random.Next(2) == 0,
            Limit = random.Next(1, 12),
        };
    }

    public GroupQuery NextGroups()
    {
        var sessions = Next();
        var fields = CommonFields.All.Concat(sessions.Lens.Fields).ToList();
        return new GroupQuery(
            sessions,
            [
                .. fields.Where(field => random.Next(6) == 0
                    && field.Type is FieldType.Category or FieldType.Path or FieldType.Money
                    && field != CommonFields.Status && !field.ShownOnly),
            ])
        {
            Starts = random.Next(2) == 0 ? [] : [Some.Us(20), Some.Us(60), Some.Us(200)],
            Medians = [.. fields.Where(field => random.Next(4) == 0 && IsNumber(field))],
            Sums = [.. fields.Where(field => random.Next(4) == 0 && IsNumber(field))],
        };
    }

    private Filter FilterOn(Lens lens, Field field)
    {
        if (IsNumber(field))
        {
            var (one, other) = (NumberOf(lens, field), NumberOf(lens, field));
            return new Between(
                field,
                random.Next(3) == 0 ? null : Math.Min(one, other),
                random.Next(3) == 0 ? null : Math.Max(one, other));
        }

        if (field.Type == FieldType.Path)
        {
            var path = OwnValueOf(lens, field) as IReadOnlyList<string> ?? [];
            var place = random.Next(1, 5);
            return new StepIs(
                field, place, [path.ElementAtOrDefault(place - 1) ?? "", "page_view"]);
        }

        return new AnyOf(
            field, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => WordOf(lens, field))]);
    }

    private string WordOf(Lens lens, Field field) => random.Next(6) == 0 ? "" : field.Name switch
    {
        "person" => Any(lens)?.PersonId,
        "entry" => Any(lens)?.Entry,
        "exit" => Any(lens)?.Exit,
        "status" => Any(lens)?.Lifecycle.LaterStatus,
        "contains" => Any(lens)?.EventNames[0],
        "country" => Any(lens)?.Country,
        "source" => Any(lens)?.Source,
        "email" => Any(lens)?.Email,
        _ => OwnValueOf(lens, field) as string,
    } ?? "";

    private long NumberOf(Lens lens, Field field) => field.Name switch
    {
        "started" => Any(lens)?.StartedUs ?? 0,
        "last_event" => Any(lens)?.LastEventUs ?? 0,
        "duration" => Any(lens)?.DurationUs ?? 0,
        "events" => random.Next(6),
        _ => OwnValueOf(lens, field) switch
        {
            long number => number,
            Money money => money.MinorUnits,
            _ => random.Next(500),
        },
    };

    private object? OwnValueOf(Lens lens, Field field)
    {
        var place = lens.Kind.Fields.ToList().FindIndex(one => one.Name == field.Name);
        return place < 0 ? null : Any(lens)?.Values[place];
    }

    private string TextOf(Lens lens)
    {
        var text = Any(lens)?.PersonId ?? "u";
        return random.Next(2) == 0 ? text.ToUpperInvariant() : text[random.Next(text.Length)..];
    }

    private Session? Any(Lens lens)
    {
        var some = sessions.Where(session => session.Kind == lens.Kind.Name).ToList();
        return some.Count == 0 ? null : some[random.Next(some.Count)];
    }

    private T Pick<T>(T[] choices) => choices[random.Next(choices.Length)];

    private static bool IsSortable(Field field) => IsNumber(field) && !field.ShownOnly;

    private static bool IsNumber(Field field) =>
        field.Type is FieldType.Number or FieldType.Time or FieldType.Money;
}
