namespace Sojourn.Server.Revenue;

/// <summary>A page of compared people.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="Total">How many it asks for.</param>
/// <param name="Items">Those of the page, the last decided first.</param>
public sealed record HoldoutList(
    HoldoutQuestion Question, int Total, IReadOnlyList<ComparedPerson> Items)
{
    /// <summary>Where the next page begins; null when this is the last.</summary>
    public int? Next => Question.Offset + Items.Count < Total && Items.Count > 0
        ? Question.Offset + Items.Count
        : null;

    /// <summary>A page of all of them.</summary>
    public static HoldoutList Of(HoldoutQuestion question, IEnumerable<ComparedPerson> people)
    {
        var asked = people.Where(question.Asks).ToList();
        return new HoldoutList(
            question, asked.Count,
            [.. asked.Skip(question.Offset).Take(HoldoutQuestion.PageMax)]);
    }
}
