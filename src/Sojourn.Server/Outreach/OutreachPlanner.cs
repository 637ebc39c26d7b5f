using System.Globalization;
using Sojourn.Events;
using Sojourn.Kinds.Checkouts;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Outreach;

/// <summary>
/// Puts into the outbox what rules ask for. It is told of each checkout that changes, remembers
/// when to look at it, and looks then: nothing is searched while nothing is due.
/// </summary>
/// <param name="store">Where checkouts and messages are.</param>
/// <param name="book">The rules.</param>
/// <param name="reader">Looks checkouts up.</param>
/// <param name="keys">Hashes of addresses.</param>
/// <param name="domain">What the names of mails end with.</param>
/// <param name="clock">Our clock.</param>
internal sealed class OutreachPlanner(
    IStore store,
    OutreachBook book,
    CheckoutReader reader,
    AddressKeys keys,
    string domain,
    TimeProvider clock)
{
    /// <summary>
    /// A rule that applied longer ago than this is not begun any more: neither a rule made today
    /// nor a server that stood still makes a wave of old messages.
    /// </summary>
    public static readonly TimeSpan TooOldAfter = TimeSpan.FromHours(24);

    private readonly WatchList _watched = new();

    /// <summary>Notes when to look at a checkout that changed.</summary>
    public void Note(Project project, OutreachSettings settings, Session session)
    {
        var place = (project.Id, session.Id);
        if (session.Kind != CheckoutLens.Checkouts.Kind.Name)
            return;

        if (CheckoutSeen.AbandonedAt(session) is { } abandoned
            && NextOf(settings, abandoned, clock.NowUs() - Micros.From(TooOldAfter)) is { } next)
        {
            _watched.Add(place, next);
        }
        else
        {
            _watched.Remove(place);
        }
    }

    /// <summary>Notes all checkouts of a project that a rule could still apply to.</summary>
    public async Task ScanAsync(Project project, CancellationToken cancel)
    {
        var settings = book.Current(project).Settings;
        if (OutreachWatch.RulesOn(settings).Select(AfterUs).DefaultIfEmpty(-1).Max()
            is >= 0 and var longest)
        {
            var from = clock.NowUs() - longest - Micros.From(TooOldAfter)
                - Micros.From(project.Settings.AbandonAfter);
            var open = new SessionQuery
            {
                Lens = CheckoutLens.Checkouts,
                Filters =
                [
                    new AnyOf(CommonFields.Status,
                        [CheckoutStatus.Live, CheckoutStatus.Abandoned]),
                    new Between(CommonFields.LastEvent, from, null),
                ],
                WithFacets = false,
            };
            await foreach (var session in store.ExportAsync(project.Id, open, cancel))
                Note(project, settings, session);
        }
    }

    /// <summary>Looks at what is due; gives how many messages were planned.</summary>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var planned = 0;
        foreach (var (project, session) in _watched.TakeDue(clock.NowUs()))
        {
            if (store.Projects.FirstOrDefault(one => one.Id == project) is not { } found)
                continue;

            planned += await PlanAsync(found, session, cancel);
        }

        return planned;
    }

    private async Task<int> PlanAsync(
        Project project, SessionId id, CancellationToken cancel)
    {
        var settings = book.Current(project).Settings;
        if (await reader.FindAsync(project.Id, id, cancel) is not
            { AbandonedUs: { } abandoned } seen)
        {
            return 0;
        }

        var nowUs = clock.NowUs();
        if (NextOf(settings, abandoned, nowUs) is { } next)
            _watched.Add((project.Id, id), next);
        if (seen.Address is null || seen.Session.Archived || seen.Session.SuppressedBy is not null
            || !(seen.IsTrusted || settings.AcceptClaimedAddresses))
        {
            return 0;
        }

        var rows = new List<OutboxRow>();
        foreach (var rule in OutreachWatch.RulesOn(settings))
        {
            var since = abandoned + AfterUs(rule);
            if (since <= nowUs && since > nowUs - Micros.From(TooOldAfter)
                && Applies(rule, seen))
            {
                rows.AddRange(await RowsAsync(project, rule, seen, since, cancel));
            }
        }

        return await store.Outbox.AddAsync(rows, cancel);
    }

    private async Task<IEnumerable<OutboxRow>> RowsAsync(
        Project project, OutreachRule rule, CheckoutSeen seen, long since,
        CancellationToken cancel)
    {
        var address = seen.Address!; // Whoever has none is not written to.
        var key = await keys.KeyOfAsync(project.Id, address, cancel);
        var nowUs = clock.NowUs();
        var isHeldOut = Holdout.Holds(project.Id, key, rule.Holdout);

        // Of those left alone, one row tells that they were. It waits like any other, so that
        // what stops a message stops theirs, too, and both sides are decided at one moment.
        return rule.Steps.Take(isHeldOut ? 1 : rule.Steps.Count).Select((step, i) =>
        {
            var id = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");
            var due = since + LengthUs(step.After);
            return new OutboxRow
            {
                Id = id,
                Project = project.Id,
                Person = seen.Person,
                Session = seen.Session.Id.ToString(),
                Rule = rule.Id,
                Step = i + 1,
                Address = address,
                AddressKey = key,
                Template = step.Template,
                MessageId = $"{id}@{domain}",
                DueUs = due,
                State = OutboxStates.Waiting,
                NextUs = due,
                CreatedUs = nowUs,
            };
        });
    }

    private static bool Applies(OutreachRule rule, CheckoutSeen seen) =>
        (rule.MinProgress is not { } progress || seen.Checkout.Progress >= progress)
        && (rule.MinValue is not { } least
            || (seen.Checkout.Value is { } worth
                && decimal.Parse(worth.Amount, CultureInfo.InvariantCulture)
                    >= decimal.Parse(least, CultureInfo.InvariantCulture)))
        && (rule.Reasons.Count == 0
            || (seen.Checkout.Reason is { } reason
                && rule.Reasons.Contains(reason.Shown.Code)));

    // The first instant after another at which a rule applies, or null.
    private static long? NextOf(OutreachSettings settings, long abandoned, long after) =>
        OutreachWatch.RulesOn(settings)
            .Select(rule => (long?)(abandoned + AfterUs(rule)))
            .Where(at => at > after)
            .Min();

    private static long AfterUs(OutreachRule rule) => LengthUs(rule.After);

    private static long LengthUs(string text) =>
        DurationText.TryParse(text, out var us)
            ? us
            : throw new InvalidOperationException($"{text} was saved as a length of time.");
}
