using Sojourn.Kinds.Checkouts;
using Sojourn.Kinds.Checkouts.Recovery;
using Sojourn.Server.Pages.Lists;

namespace Sojourn.Server.Pages.Pipeline;

/// <summary>Everything the board shows at one instant.</summary>
public sealed record BoardScreen
{
    /// <summary>The question with its counts, as the filters of lists want it.</summary>
    public required ListScreen List { get; init; }

    /// <summary>The columns, in order.</summary>
    public required IReadOnlyList<BoardColumn> Columns { get; init; }

    /// <summary>How many checkouts of each priority the question has without that filter.</summary>
    public required IReadOnlyList<KeyValuePair<string, long>> Priorities { get; init; }

    /// <summary>What is to be followed up.</summary>
    public required DueList Due { get; init; }

    /// <summary>What can be written to customers.</summary>
    public required MessageBook Messages { get; init; }

    /// <summary>Codes that one-tap messages name, by session.</summary>
    public required IReadOnlyDictionary<string, Discount> Codes { get; init; }

    /// <summary>The card opened at the side, or null.</summary>
    public OpenCard? Card { get; init; }

    /// <summary>The board's own address.</summary>
    public ListAddress Address => List.Address;
}

/// <summary>A column of the board.</summary>
/// <param name="Word">Its status in words.</param>
/// <param name="Count">Checkouts in it, shown or not.</param>
/// <param name="Sums">What they are worth, by currency; the project's own first.</param>
/// <param name="Cards">Those shown, the most urgent first.</param>
/// <param name="List">The list of exactly these checkouts.</param>
public sealed record BoardColumn(
    StatusWord Word,
    long Count,
    IReadOnlyList<Worth> Sums,
    IReadOnlyList<SessionRow> Cards,
    string List)
{
    /// <summary>Cards a column begins with, and as many more with each click.</summary>
    public const int CardsFirst = 30;

    /// <summary>Most cards of a column on one page; the list has the others.</summary>
    public const int CardsMax = 600;
}

/// <summary>An amount that many checkouts add up to.</summary>
/// <param name="Amount">In whole units of the currency.</param>
/// <param name="Currency">Its code.</param>
public sealed record Worth(decimal Amount, string Currency);

/// <summary>What is to be followed up.</summary>
/// <param name="Parts">Late, today, later; parts without any are left out.</param>
/// <param name="IsMine">True when only the reader's own are listed.</param>
public sealed record DueList(IReadOnlyList<DuePart> Parts, bool IsMine);

/// <summary>Follow-ups of one time.</summary>
/// <param name="Name"><c>late</c>, <c>today</c> or <c>later</c>.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Rows">The first of them, the earliest first.</param>
public sealed record DuePart(string Name, long Count, IReadOnlyList<SessionRow> Rows);

/// <summary>A card opened at the side.</summary>
/// <param name="Row">The checkout.</param>
/// <param name="Detail">What is known of it.</param>
/// <param name="People">Who could be given it: addresses of accounts.</param>
/// <param name="IsSuppressed">True when nothing is mailed to its address any more.</param>
public sealed record OpenCard(
    SessionRow Row, Checkout Detail, IReadOnlyList<string> People, bool IsSuppressed)
{
    /// <summary>The code last offered that is still good, or null.</summary>
    /// <param name="nowUs">The time, microseconds UTC.</param>
    public Discount? CodeAt(long nowUs) => Detail.Work.CodeAt(nowUs);
}
