using Sojourn.Events;
using Sojourn.Kinds.Checkouts.Recovery;
using Sojourn.Sessions;

namespace Sojourn.Kinds.Checkouts;

/// <summary>Runs through an order form, keyed by <c>checkout_id</c>.</summary>
public sealed class CheckoutKind : SessionKind<Checkout>
{
    /// <summary>
    /// How long after <c>checkout_left</c> a form nobody came back to is abandoned.
    /// </summary>
    public static readonly TimeSpan AbandonAfterLeft = TimeSpan.FromMinutes(1);

    private readonly CheckoutRules _rules;
    private readonly CheckoutFold _fold;

    /// <summary>With the rules that ship.</summary>
    public CheckoutKind()
        : this(CheckoutRules.Default)
    {
    }

    private CheckoutKind(CheckoutRules rules) =>
        (_rules, _fold) = (rules, new CheckoutFold(rules));

    /// <inheritdoc/>
    public override string Name => "checkout";

    /// <inheritdoc/>
    public override char IdPrefix => 'c';

    /// <inheritdoc/>
    public override bool ByPerson => false;

    /// <inheritdoc/>
    public override IReadOnlyList<Field> Fields => CheckoutFields.All;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Actions => CheckoutActions.All;

    /// <inheritdoc/>
    public override SessionKind For(ProjectSettings settings)
    {
        var rules = CheckoutRules.Of(settings);
        return rules == _rules ? this : new CheckoutKind(rules);
    }

    /// <inheritdoc/>
    public override string? KeyOf(Event e) => e.Properties.Text("checkout_id");

    /// <inheritdoc/>
    public override string? RefusalOf(Session session, StaffAction action, long nowUs) =>
        CheckoutActions.RefusalOf(
            session.Detail as Checkout, session.Lifecycle.StatusAt(nowUs), action);

    /// <inheritdoc/>
    protected override Checkout First(
        Event first, ProjectSettings settings, Checkout? before) =>
        _fold.Apply(new Checkout { CheckoutId = KeyOf(first)! }, first, settings);

    /// <inheritdoc/>
    protected override Checkout Next(Checkout detail, Event next, ProjectSettings settings) =>
        _fold.Apply(detail, next, settings);

    /// <inheritdoc/>
    protected override Checkout Stay(Checkout detail, long untilUs) =>
        detail with { LastSeenUs = Math.Max(detail.LastSeenUs, untilUs) };

    /// <inheritdoc/>
    protected override bool Ends(
        Checkout detail, Event next, ProjectSettings settings, out SessionEdge reason)
    {
        reason = SessionEdge.Converted;
        return detail.Order is not null && next.Name == "checkout_started";
    }

    /// <inheritdoc/>
    protected override Checkout After(Checkout detail, StaffAction action) =>
        detail with { Work = CheckoutActions.After(detail.Work, action) };

    /// <inheritdoc/>
    protected override Checkout Finish(Checkout detail, ProjectSettings settings)
    {
        var credit = Credit.Of(detail, _rules.Recovery);
        return detail with
        {
            // Who ordered without being asked had no reason to leave.
            Reason = detail.Order is null || credit is not null
                ? _rules.Reasons.Judge(detail) : null,
            Credit = credit,
            Priority = Priority.Of(detail, _rules.Recovery, settings.Currency),
        };
    }

    /// <inheritdoc/>
    protected override Lifecycle Judge(
        Checkout detail, SessionSpan span, ProjectSettings settings)
    {
        if (detail.Work.Status == CheckoutStatus.Recovered)
            return Lifecycle.Settled(CheckoutStatus.Recovered, SessionEdge.Converted);

        if (detail.Order is not null)
        {
            return Lifecycle.Settled(
                detail.Credit is null ? CheckoutStatus.Converted : CheckoutStatus.Recovered,
                SessionEdge.Converted);
        }

        if (detail.Work.Status is { } status && status != CheckoutStatus.Abandoned)
            return Lifecycle.Settled(status, SessionEdge.Idle);

        var silent = span.LastSeenUs + Micros.From(settings.AbandonAfter);
        var left = detail.LeftUs + Micros.From(AbandonAfterLeft);
        return new Lifecycle(
            CheckoutStatus.Live,
            SessionEdge.Open,
            Math.Min(silent, left ?? silent),
            CheckoutStatus.Abandoned,
            SessionEdge.Idle);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<object?> Values(Checkout detail, SessionSpan span) =>
        CheckoutFields.Of(detail);
}
