using System.Globalization;
using System.Text.Encodings.Web;
using Sojourn.Kinds.Visits;
using Sojourn.Queries;

namespace Sojourn.Server.Paths;

/// <summary>
/// Turns counted paths into nodes and links, each with the filter that counts the same sessions.
/// </summary>
/// <param name="columns">Columns, the last one for outcomes.</param>
/// <param name="goals">What counts as converted; empty = any conversion.</param>
internal sealed class FlowDrawing(int columns, IReadOnlyList<string> goals)
{
    /// <summary>Most nodes of a column that stand for one step or conversion.</summary>
    public const int NodesMax = 10;

    /// <summary>Longest question of "others", in characters of an address.</summary>
    public const int OthersCharsMax = 1_500;

    private readonly Dictionary<(int Place, string Name), Draft?> _places = [];
    private readonly Dictionary<string, Draft> _nodes = [];
    private readonly Dictionary<(Draft From, Draft To), long> _links = [];
    private long _undrawn;

    /// <summary>The graph of some paths.</summary>
    public static FlowGraph Of(
        IReadOnlyList<PathCount> paths, int columns, IReadOnlyList<string> goals)
    {
        var drawing = new FlowDrawing(columns, goals);
        drawing.ChooseSteps(paths);
        drawing.ChooseGoals(paths);
        foreach (var path in paths)
            drawing.Add(path);
        return drawing.Graph();
    }

    private int Steps => columns - 1;

    private void ChooseSteps(IReadOnlyList<PathCount> paths)
    {
        for (var place = 1; place <= Steps; place++)
        {
            var counts = paths.Where(path => path.Steps.Count >= place)
                .GroupBy(path => path.Steps[place - 1])
                .ToDictionary(group => group.Key, group => group.Sum(path => path.Count));
            Choose(place, $"{VisitKind.Path.Name}_{place}", counts, FlowKind.Step);
        }
    }

    private void ChooseGoals(IReadOnlyList<PathCount> paths)
    {
        var counts = paths.Where(path => path.Goal.Length > 0)
            .GroupBy(path => path.Goal)
            .ToDictionary(group => group.Key, group => group.Sum(path => path.Count));
        Choose(Steps + 1, VisitKind.Goal.Name, counts, FlowKind.Goal);
    }

    // The most frequent stand for themselves, the others together if an address can name them.
    private void Choose(
        int place, string field, Dictionary<string, long> counts, FlowKind kind)
    {
        var ranked = counts
            .OrderByDescending(one => one.Value)
            .ThenBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => one.Key)
            .Where(name => name.Length <= QueryParser.ValueCharsMax)
            .ToList();
        var own = ranked
            .Where(name => kind != FlowKind.Goal || goals.Count == 0 || goals.Contains(name))
            .Take(NodesMax)
            .ToList();
        var others = ranked.Except(own).ToList();
        foreach (var name in own)
        {
            _places[(place, name)] = new(
                $"{place}:{name}", place - 1, kind, name, [new(field, name)]);
        }

        var chars = others.Sum(name => field.Length + 2 + UrlEncoder.Default.Encode(name).Length);
        var together = chars > OthersCharsMax || others.Count == 0
            ? null
            : new Draft(
                $"{place}", place - 1,
                kind == FlowKind.Goal ? FlowKind.OtherGoals : FlowKind.Others,
                others.Count.ToString(CultureInfo.InvariantCulture),
                [.. others.Select(name => KeyValuePair.Create(field, name))]);
        foreach (var name in others)
            _places[(place, name)] = together;
    }

    private void Add(PathCount path)
    {
        var shown = Math.Min(path.Steps.Count, Steps);
        List<Draft?> way = [.. Enumerable.Range(1, shown).Select(place => StepAt(path, place))];
        if (path.Steps.Count == 0)
            way.Add(NoStep);
        way.Add(path.Goal.Length == 0
            ? Left
            : _places.GetValueOrDefault((Steps + 1, path.Goal)));

        foreach (var node in way.OfType<Draft>())
        {
            _nodes.TryAdd(node.Id, node);
            node.Count += path.Count;
        }

        for (var i = 1; i < way.Count; i++)
        {
            if (way[i - 1] is { } from && way[i] is { } to)
                _links[(from, to)] = _links.GetValueOrDefault((from, to)) + path.Count;
        }

        if (way.Contains(null))
            _undrawn += path.Count;
    }

    private Draft? StepAt(PathCount path, int place) =>
        _places.GetValueOrDefault((place, path.Steps[place - 1]));

    private Draft NoStep => _nodes.GetValueOrDefault("none") ?? new(
        "none", 0, FlowKind.NoStep, "", [new($"{VisitKind.Path.Name}_1", "")]);

    private Draft Left => _nodes.GetValueOrDefault("left") ?? new(
        "left", Steps, FlowKind.Left, "", [new(VisitKind.Goal.Name, "")]);

    private FlowGraph Graph() => new(
        columns,
        [
            .. _nodes.Values
                .OrderBy(node => node.Column)
                .ThenBy(node => node.Kind)
                .ThenByDescending(node => node.Count)
                .ThenBy(node => node.Name, StringComparer.Ordinal)
                .Select(node => new FlowNode(
                    node.Id, node.Column, node.Kind, node.Name, new(node.Count, node.Filter))),
        ],
        [
            .. _links
                .OrderByDescending(link => link.Value)
                .ThenBy(link => link.Key.From.Id, StringComparer.Ordinal)
                .ThenBy(link => link.Key.To.Id, StringComparer.Ordinal)
                .Select(link => new FlowLink(
                    link.Key.From.Id,
                    link.Key.To.Id,
                    new(link.Value, FilterOf(link.Key.From, link.Key.To)))),
        ],
        _undrawn);

    // Whoever goes from a step to the outcome before the last column took no further step.
    private IReadOnlyList<KeyValuePair<string, string>> FilterOf(Draft from, Draft to)
    {
        var isEarly = to.Column == Steps && from.Column < Steps - 1
            && from.Kind != FlowKind.NoStep;
        return
        [
            .. from.Filter,
            .. isEarly
                ? [new KeyValuePair<string, string>(
                    $"{VisitKind.Path.Name}_{from.Column + 2}", "")]
                : Array.Empty<KeyValuePair<string, string>>(),
            .. to.Filter,
        ];
    }

    /// <summary>A node while paths are added.</summary>
    private sealed record Draft(
        string Id,
        int Column,
        FlowKind Kind,
        string Name,
        IReadOnlyList<KeyValuePair<string, string>> Filter)
    {
        public long Count { get; set; }

        public bool Equals(Draft? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);
    }
}
