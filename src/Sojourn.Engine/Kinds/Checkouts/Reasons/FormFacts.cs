namespace Sojourn.Kinds.Checkouts.Reasons;

/// <summary>What a rule rests on.</summary>
/// <param name="Signs">The signs, oldest first.</param>
/// <param name="Where">A field or section it rests on, or null.</param>
internal sealed record FactFound(IReadOnlyList<Sign> Signs, string? Where = null);

/// <summary>Answers what reason rules look for, about one checkout.</summary>
internal sealed class FormFacts(Checkout checkout)
{
    private readonly CheckoutForm _form = checkout.Form;
    private readonly SignLog _signs = checkout.Signs;
    private readonly string? _section =
        checkout.Form.SectionOf(checkout.Form.LastField) ?? checkout.Form.LastField;

    /// <summary>What the rule rests on; null when it does not hold.</summary>
    public FactFound? Of(ReasonRule rule) => rule.Signal switch
    {
        "stated" => Last(Signs.Stated),
        "payment_refused" => Last(Signs.PaymentFailed, sign => rule.IsAbout(sign.Target)),
        "coupon_refused" => CouponRefused(),
        "coupon_last" => _form.LastField is { } field && rule.Words is not null
            && rule.IsAbout(field) ? new([], field) : null,
        "fee" => Fee(rule),
        "fee_then_left" => Fee(rule) is { Signs: [var fee] } found
            && (LeftIn(rule) || WasSoon(rule, fee)) ? found with { Where = _section } : null,
        "errors" => Errors(rule),
        "stuck" => Stuck(rule),
        "slow" => Slow(rule),
        "slow_then_left" => Slow(rule) is { } found && LeftIn(rule)
            ? found with { Where = _section } : null,
        "no_delivery" => NoDelivery(),
        "methods" => Methods(rule),
        "stopped_in" => LeftIn(rule) ? new([], _section) : null,
        "stock" => Last(Signs.Stock),
        "away" => Away(rule),
        "copied" => AtLeast(rule, _signs.Of(Signs.Copy)),
        "dwelt" => Dwelt(rule),
        "never_back" => NeverBack(),
        "first_section" => FirstSection(),
        "nothing" => new([]),
        _ => null,
    };

    private FactFound? Last(string kind, Func<Sign, bool>? holds = null) =>
        _signs.Last(kind) is { } sign && holds?.Invoke(sign) != false ? new([sign]) : null;

    private static FactFound? AtLeast(ReasonRule rule, IReadOnlyList<Sign> signs) =>
        signs.Count >= Math.Max(1, rule.MinCount ?? 1) ? new(signs) : null;

    private FactFound? CouponRefused() =>
        _signs.All.LastOrDefault(one =>
            one.Kind is Signs.CouponRefused or Signs.CouponAccepted)
            is { Kind: Signs.CouponRefused } refused ? new([refused]) : null;

    private FactFound? Fee(ReasonRule rule) =>
        Last(Signs.Fee, fee => fee.Number >= (rule.MinPercent ?? 0));

    private FactFound? Slow(ReasonRule rule) =>
        Last(Signs.Days, days => days.Number >= (rule.MinDays ?? 0));

    private FactFound? NoDelivery() =>
        _signs.All.LastOrDefault(one => one.Kind is Signs.NoDelivery or Signs.Delivery)
            is { Kind: Signs.NoDelivery } none ? new([none]) : null;

    private bool LeftIn(ReasonRule rule) =>
        rule.Words is not null && _section is not null && rule.IsAbout(_section);

    private bool WasSoon(ReasonRule rule, Sign sign) =>
        rule.WithinSeconds is { } within
        && checkout.LastSeenUs - sign.AtUs <= within * 1_000_000L;

    // A field that is validly filled now was put right.
    private FactFound? Errors(ReasonRule rule)
    {
        var open = _signs.Of(Signs.Error)
            .Where(one => one.Target is { } field
                && !_form.Filled.Contains(field) && rule.IsAbout(field))
            .ToList();
        return AtLeast(rule, open);
    }

    private FactFound? Stuck(ReasonRule rule) =>
        _signs.Of(Signs.Dwell).LastOrDefault(one => one.Target is { } field
            && _form.Touched.Contains(field) && !_form.Filled.Contains(field)
            && rule.IsAbout(field) && IsLonger(rule, one)) is { } look ? new([look]) : null;

    private FactFound? Methods(ReasonRule rule)
    {
        var tried = _signs.Of(Signs.Method).DistinctBy(one => one.Target).ToList();
        return AtLeast(rule, tried);
    }

    private FactFound? Away(ReasonRule rule) =>
        AtLeast(rule, [.. _signs.Of(Signs.Shown).Where(one => IsLonger(rule, one))]);

    private FactFound? Dwelt(ReasonRule rule) =>
        _signs.Of(Signs.Dwell).LastOrDefault(one =>
            rule.IsAbout(one.Target) && one.Number >= (rule.MinSeconds ?? 0) * 1000L
            && (rule.WithinSeconds is null || WasSoon(rule, one))) is { } look
            ? new([look]) : null;

    private FactFound? NeverBack()
    {
        var hasFriction = _signs.All.Any(one =>
            one.Kind is Signs.PaymentFailed or Signs.CouponRefused or Signs.NoDelivery)
            || Errors(new() { Signal = "errors", Reason = Reason.Unknown, Confidence = 1 })
                is not null;
        return !hasFriction
            && _signs.All.LastOrDefault(one => one.Kind is Signs.Hidden or Signs.Shown)
                is { Kind: Signs.Hidden } hidden
            ? new([hidden]) : null;
    }

    // Without sections, a form of which one field at most was touched.
    private FactFound? FirstSection()
    {
        if (_form.Sections.Count == 0)
            return _form.Touched.Count <= 1 && _form.Required.Count > 1 ? new([]) : null;

        var first = _form.Sections[0];
        return _form.Touched.All(field => _form.SectionOf(field) is not { } section
            || section == first.Name) ? new([], first.Name) : null;
    }

    // More than that long: 15 s away is not yet away for more than 15 s.
    private static bool IsLonger(ReasonRule rule, Sign sign) =>
        rule.MinSeconds is not { } seconds || sign.Number > seconds * 1000L;
}
