namespace Sojourn.Server.Revenue;

/// <summary>Whether writing to people makes more of them order than leaving them alone.</summary>
/// <param name="Days">How long after the decision an order counts.</param>
/// <param name="IsOn">True while a rule that is switched on leaves somebody alone.</param>
/// <param name="IsCut">True when only the latest people were read.</param>
/// <param name="Comparisons">
/// One for each rule and share: people of two rules, or of two shares, were not chosen by one
/// coin and are never added up. The last decided first.
/// </param>
public sealed record HoldoutReport(
    int Days, bool IsOn, bool IsCut, IReadOnlyList<HoldoutComparison> Comparisons);

/// <summary>The two sides of a rule under one share.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Name">As people call it; its id when it is gone.</param>
/// <param name="Share">Of a hundred people, how many are left alone.</param>
/// <param name="WrittenTo">Who was to be written to, whether the mail arrived or not.</param>
/// <param name="HeldOut">Who was left alone.</param>
public sealed record HoldoutComparison(
    string Rule, string Name, int Share, HoldoutSide WrittenTo, HoldoutSide HeldOut)
{
    /// <summary>What writing earned; null while a side has nobody.</summary>
    public RateDifference? Difference => WrittenTo.Ordered.Minus(HeldOut.Ordered);
}

/// <summary>One side.</summary>
/// <param name="Ordered">Who ordered in time, of those whose time is over.</param>
/// <param name="Open">How many still have time; they are not in that number.</param>
public sealed record HoldoutSide(Proportion Ordered, int Open);
