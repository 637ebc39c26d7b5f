using Sojourn.Sessions;

namespace Sojourn.Server.Rules;

/// <summary>Counts which words become which.</summary>
internal sealed class RuleMoves
{
    /// <summary>Most moves told; the others are still in the count of their field.</summary>
    public const int ToldMax = 20;

    // A field of many words, such as a product's name, could move in as many ways.
    private const int KeptMax = 10_000;

    private readonly Dictionary<(string Field, string? Before, string? After), Move> _moves = [];

    /// <summary>Notes one session.</summary>
    public void Add(string field, string? before, string? after, SessionId session)
    {
        if (!_moves.TryGetValue((field, before, after), out var move))
        {
            if (_moves.Count >= KeptMax)
                return;
            _moves[(field, before, after)] = move = new Move();
        }

        move.Sessions++;
        if (move.Examples.Count < RuleMove.ExamplesMax)
            move.Examples.Add(session);
    }

    /// <summary>The most frequent ones.</summary>
    public IReadOnlyList<RuleMove> Told() =>
    [
        .. _moves
            .Select(one => new RuleMove(
                one.Key.Field, one.Key.Before, one.Key.After,
                one.Value.Sessions, one.Value.Examples))
            .OrderByDescending(one => one.Sessions)
            .ThenBy(one => one.Field, StringComparer.Ordinal)
            .ThenBy(one => one.Before, StringComparer.Ordinal)
            .ThenBy(one => one.After, StringComparer.Ordinal)
            .Take(ToldMax),
    ];

    private sealed class Move
    {
        public long Sessions { get; set; }

        public List<SessionId> Examples { get; } = [];
    }
}
