using Sojourn.Kinds.Visits;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Paths;

/// <summary>Asks the store for everything a report of paths says.</summary>
internal sealed class PathsReports(IStore store, QueryParser parser)
{
    /// <summary>Most sequences of each sort.</summary>
    public const int SequencesMax = 12;

    private static readonly Field[] Engagement = [CommonFields.Duration, CommonFields.Events];

    /// <summary>The report a question asks for.</summary>
    public async Task<PathsReport> MakeAsync(
        Project project, PathsQuestion question, CancellationToken cancel)
    {
        var asking = new Asking(store, parser, project, question, cancel);
        var paths = await asking.GroupAsync([], [VisitKind.Path, VisitKind.Goal]);
        var counted = paths.Groups
            .Select(one => new PathCount(one.Keys[0], one.Word(1), one.Count))
            .ToList();
        var isWhole = counted.Sum(one => one.Count) == paths.Total;
        var goals = await GoalsAsync(asking);
        return new PathsReport
        {
            Question = question,
            Sessions = new(paths.Total, []),
            Converted = new(
                goals.Where(goal => question.Goals.Count == 0 || question.Goals.Contains(goal.Name))
                    .Sum(goal => goal.Sessions.Count),
                question.Converted),
            Goals = goals,
            Entries = await RatesAsync(asking, CommonFields.Entry),
            Channels = await RatesAsync(asking, VisitKind.Channel),
            Converting = await SequencesAsync(asking, counted, isWhole, isConverting: true),
            Leaving = await SequencesAsync(asking, counted, isWhole, isConverting: false),
            Flow = await FlowAsync(asking, paths, counted),
            Weeks = await WeeksAsync(asking, paths.AsOf.NowUs),
            AsOf = paths.AsOf,
        };
    }

    private static async Task<IReadOnlyList<(string Name, Figure Sessions)>> GoalsAsync(
        Asking asking)
    {
        var found = await asking.GroupAsync([], [VisitKind.Goal]);
        return
        [
            .. from one in found.Groups
               where one.Word(0).Length > 0
               orderby one.Count descending, one.Word(0)
               select (one.Word(0), new Figure(
                   one.Count, [new(VisitKind.Goal.Name, one.Word(0))])),
        ];
    }

    // Both periods in one look at the sessions.
    private static async Task<RateTable> RatesAsync(Asking asking, Field field)
    {
        var (now, before) = (asking.Question.Period, asking.Question.Period.Before);
        var both = PathsQuestion.Started(before.FromUs, now.ToUs);
        long[] starts = [before.FromUs, now.FromUs];
        var all = await asking.GroupAsync(both, [field], starts, Engagement);
        var converted = await asking.GroupAsync(
            [.. both, .. asking.Question.Converted], [field], starts, [VisitKind.ConvertedAfter]);
        var sessions = all.Groups.ToDictionary(one => (one.Period, one.Word(0)));
        var goals = converted.Groups.ToDictionary(one => (one.Period, one.Word(0)));
        var earlier = PathsQuestion.Started(before.FromUs, before.ToUs);
        var rows =
            from one in all.Groups
            where one.Period == 1
            orderby one.Count descending, one.Word(0)
            let name = one.Word(0)
            let own = new[] { KeyValuePair.Create(field.Name, name) }
            let won = goals.GetValueOrDefault((1, name))
            select new RateRow
            {
                Name = name,
                Sessions = new(one.Count, own),
                Converted = new(won?.Count ?? 0, [.. own, .. asking.Question.Converted]),
                SessionsBefore = new(
                    sessions.GetValueOrDefault((0, name))?.Count ?? 0, [.. earlier, .. own]),
                ConvertedBefore = new(
                    goals.GetValueOrDefault((0, name))?.Count ?? 0,
                    [.. earlier, .. own, .. asking.Question.Converted]),
                DurationUs = one.Medians[0],
                Events = one.Medians[1],
                ConvertedAfterUs = won?.Medians[0],
            };
        var listed = rows.ToList();
        return new(
            [.. listed.Take(RateTable.RowsMax)], Math.Max(0, listed.Count - RateTable.RowsMax));
    }

    private static async Task<IReadOnlyList<PathSequence>> SequencesAsync(
        Asking asking, List<PathCount> counted, bool isWhole, bool isConverting)
    {
        var goals = asking.Question.Goals;
        var found = counted
            .Where(one => one.Steps.Count > 0 && (isConverting
                ? one.Goal.Length > 0 && (goals.Count == 0 || goals.Contains(one.Goal))
                : one.Goal.Length == 0))
            .Where(one => one.Steps.All(step => step.Length <= QueryParser.ValueCharsMax))
            .OrderByDescending(one => one.Count)
            .ThenBy(one => string.Join('\n', one.Steps), StringComparer.Ordinal)
            .ThenBy(one => one.Goal, StringComparer.Ordinal)
            .Take(SequencesMax);
        var sequences = new List<PathSequence>();
        foreach (var one in found)
        {
            var path = FilterOf(one.Steps);
            var same = isWhole
                ? counted.Where(other => other.Steps.SequenceEqual(one.Steps))
                    .Sum(other => other.Count)
                : await asking.CountAsync(path);
            sequences.Add(new PathSequence(
                one.Steps,
                one.Goal,
                new(one.Count, [.. path, new(VisitKind.Goal.Name, one.Goal)]),
                new(same, path)));
        }

        return sequences;
    }

    private static IReadOnlyList<KeyValuePair<string, string>> FilterOf(
        IReadOnlyList<string> steps)
    {
        var places = steps.Select((step, place) => KeyValuePair.Create(
            $"{VisitKind.Path.Name}_{place + 1}", step));
        return steps.Count == Visit.PathMax
            ? [.. places]
            : [.. places, new($"{VisitKind.Path.Name}_{steps.Count + 1}", "")];
    }

    // A store leaves out the rarest of very many paths; what is drawn is then counted anew.
    private static async Task<FlowGraph> FlowAsync(
        Asking asking, SessionGroups paths, List<PathCount> counted)
    {
        var flow = FlowDrawing.Of(counted, asking.Question.Columns, asking.Question.Goals);
        var missing = paths.Total - counted.Sum(one => one.Count);
        if (missing == 0)
            return flow;

        var nodes = new List<FlowNode>();
        foreach (var node in flow.Nodes)
            nodes.Add(node with { Sessions = await asking.RecountAsync(node.Sessions) });
        var links = new List<FlowLink>();
        foreach (var link in flow.Links)
            links.Add(link with { Sessions = await asking.RecountAsync(link.Sessions) });
        return flow with { Nodes = nodes, Links = links, Undrawn = flow.Undrawn + missing };
    }

    private static async Task<WeekStory> WeeksAsync(Asking asking, long nowUs)
    {
        var starts = WeekStory.StartsFor(asking.Question.Period);
        var span = PathsQuestion.Started(starts[0], starts[^1]);
        long[] mondays = [.. starts.SkipLast(1)];
        KeyValuePair<string, string>[] bounce = [new(CommonFields.Events.Name + "_max", "1")];
        var all = (await asking.GroupAsync(span, [], mondays, Engagement))
            .Groups.ToDictionary(one => one.Period);
        var bounced = (await asking.GroupAsync([.. span, .. bounce], [], mondays))
            .Groups.ToDictionary(one => one.Period);
        var weeks =
            from place in Enumerable.Range(0, mondays.Length)
            let own = PathsQuestion.Started(starts[place], starts[place + 1])
            let found = all.GetValueOrDefault(place)
            select new EngagementWeek(
                starts[place],
                starts[place + 1],
                starts[place + 1] <= nowUs,
                new(found?.Count ?? 0, own),
                new(bounced.GetValueOrDefault(place)?.Count ?? 0, [.. own, .. bounce]),
                found?.Medians[0],
                found?.Medians[1]);
        return new([.. weeks.SkipWhile(week => week.Sessions.Count == 0)]);
    }

    /// <summary>One question's way to the store.</summary>
    private sealed record Asking(
        IStore Store, QueryParser Parser, Project Project, PathsQuestion Question,
        CancellationToken Cancel)
    {
        public Task<SessionGroups> GroupAsync(
            IReadOnlyList<KeyValuePair<string, string>> filter,
            IReadOnlyList<Field> by,
            IReadOnlyList<long>? starts = null,
            IReadOnlyList<Field>? medians = null) =>
            Store.GroupAsync(
                Project.Id,
                new GroupQuery(QueryOf(filter), by)
                {
                    Starts = starts ?? [],
                    Medians = medians ?? [],
                },
                Cancel);

        public async Task<long> CountAsync(IReadOnlyList<KeyValuePair<string, string>> filter)
        {
            var query = QueryOf(filter) with { Limit = 1, WithFacets = false };
            return (await Store.QueryAsync(Project.Id, query, Cancel)).Total;
        }

        public async Task<Figure> RecountAsync(Figure figure) =>
            figure with { Count = await CountAsync(figure.Filter) };

        // Read as the list behind a number is, so that the two cannot mean different things.
        private SessionQuery QueryOf(IReadOnlyList<KeyValuePair<string, string>> filter) =>
            Parser.TryReadSessions(
                Question.Full(filter), Project.Settings.Currency, out var query, out var fault)
                    ? query
                    : throw new InvalidOperationException(
                        $"A filter of our own is wrong at {fault.Field}: {fault.Title}");
    }
}
