using Sojourn.Events;
using Sojourn.Kinds.Checkouts;
using Sojourn.Server.Api;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Outreach;

/// <summary>
/// Sends what is due: each message until the mail server took it or there is a reason not to,
/// always under one name. A message whose sending was cut off is sent again.
/// </summary>
internal sealed class OutreachSender(
    IStore store,
    OutreachBook book,
    CheckoutReader reader,
    OutreachComposer composer,
    SmtpMailer mailer,
    TimeProvider clock)
{
    /// <summary>Messages taken up in one round.</summary>
    public const int RoundMax = 50;

    /// <summary>A person has at most one message within this time.</summary>
    public static readonly TimeSpan PersonEvery = TimeSpan.FromHours(24);

    /// <summary>The time a project's limit is about.</summary>
    public static readonly TimeSpan ProjectEvery = TimeSpan.FromHours(1);

    /// <summary>
    /// A message in nobody's hands for so long was cut off; longer than a whole round lasts.
    /// </summary>
    public static readonly TimeSpan TakenFor = TimeSpan.FromMinutes(15);

    private const int AtOnce = 4;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(4);

    /// <summary>One round; gives how many messages it took up.</summary>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var due = await store.Outbox.DueAsync(clock.NowUs(), RoundMax, cancel);
        await Parallel.ForEachAsync(
            due,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (row, stop) => await TakeUpAsync(row, stop));
        return due.Count;
    }

    /// <summary>How long to wait after a try that failed; some more or less for each row.</summary>
    /// <param name="row">The message.</param>
    /// <param name="tries">How often it was tried, from 1.</param>
    public static TimeSpan PauseAfter(string row, int tries)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(tries - 1, 16));
        var shift = Fingerprint.Of($"{row} {tries}") % 41; // 0 to 40 of a hundred.
        return (pause < LongestPause ? pause : LongestPause) * ((80 + shift) / 100.0);
    }

    private async Task TakeUpAsync(OutboxRow row, CancellationToken cancel)
    {
        if (store.FindProject(row.Project) is not { } project)
        {
            await StopAsync(row, StopReasons.SessionUnknown, cancel);
            return;
        }

        if (row.State == OutboxStates.Sent)
        {
            await TellAsync(row, cancel);
            return;
        }

        var settings = book.Current(project).Settings;
        var seen = SessionId.TryParse(row.Session, out var session)
            ? await reader.FindAsync(project.Id, session, cancel)
            : null;
        var facts = await FactsAsync(project, settings, row, seen, cancel);
        var verdict = SendGuard.Judge(facts);
        if (verdict.IsPastStops)
            row = row with { Arm = facts.Arm };
        if (verdict.UntilUs is { } until)
            await WaitAsync(row, verdict.Why, until, cancel);
        else if (verdict.Why is { } why)
            await StopAsync(row, why, cancel);
        else
            await SendAsync(project, settings, row, seen!, cancel); // Else it was stopped.
    }

    private async Task<SendFacts> FactsAsync(
        Project project,
        OutreachSettings settings,
        OutboxRow row,
        CheckoutSeen? seen,
        CancellationToken cancel)
    {
        var nowUs = clock.NowUs();
        var rule = settings.Rules.FirstOrDefault(one => one.Id == row.Rule);
        var facts = new SendFacts
        {
            NowUs = nowUs,
            DueUs = row.DueUs,
            Tries = row.Tries,
            IsRuleOn = rule is { Enabled: true } && row.Step <= rule.Steps.Count,
            IsSessionKnown = seen is not null,
            Quiet = settings.Quiet,
            Zone = ProjectZone.Of(project.Settings),
        };
        return seen is null || rule is null
            ? facts
            : facts with
            {
                Order = await reader.OrderOfAsync(project.Id, seen, nowUs, cancel),
                IsLost = seen.Session.Lifecycle.StatusAt(nowUs) == CheckoutStatus.Lost,
                IsArchived = seen.Session.Archived,
                StaffTookOver = seen.StaffTookOver,
                BackUntilUs = seen.BackUntilUs(project.Settings),
                IsAddressCurrent = seen.Address == row.Address,
                IsAddressTrusted = seen.IsTrusted || settings.AcceptClaimedAddresses,
                Arm = row.Arm ?? new OutboxArm(
                    nowUs, rule.Holdout,
                    Holdout.Holds(project.Id, row.AddressKey, rule.Holdout)),
            };
    }

    private async Task SendAsync(
        Project project,
        OutreachSettings settings,
        OutboxRow row,
        CheckoutSeen seen,
        CancellationToken cancel)
    {
        // What was tried once goes out the same again.
        var (written, why) = row.Body is null
            ? await composer.WriteAsync(project, settings, row, seen, cancel)
            : (row, null);
        if (written is null)
        {
            await StopAsync(row, why, cancel);
            return;
        }

        var nowUs = clock.NowUs();
        var taken = written with
        {
            State = OutboxStates.Sending,
            Why = null,
            Tries = row.Tries + 1,
            TriedUs = nowUs,
            NextUs = nowUs + Micros.From(TakenFor),
        };
        var claim = await store.Outbox.ClaimAsync(
            taken,
            new OutboxShare(
                nowUs - Micros.From(PersonEvery), nowUs - Micros.From(ProjectEvery),
                settings.PerHour),
            cancel);
        if (claim.Outcome == OutboxOutcome.Taken)
        {
            await HandOverAsync(
                project, settings, taken with { Version = row.Version + 1 }, cancel);
        }
        else
        {
            await AfterRefusalAsync(row, claim, cancel);
        }
    }

    private Task AfterRefusalAsync(
        OutboxRow row, OutboxClaim claim, CancellationToken cancel) => claim switch
        {
            { Outcome: OutboxOutcome.Suppressed } =>
                StopAsync(row, StopReasons.Suppressed, cancel),
            { Outcome: OutboxOutcome.PersonHadOne, SinceUs: { } had } => WaitAsync(
                row, StopReasons.PersonHadOne, had + Micros.From(PersonEvery), cancel),
            { Outcome: OutboxOutcome.ProjectFull, SinceUs: { } last } => WaitAsync(
                row, StopReasons.ProjectFull, last + Micros.From(ProjectEvery), cancel),
            _ => Task.CompletedTask, // Somebody else has it.
        };

    private async Task HandOverAsync(
        Project project, OutreachSettings settings, OutboxRow row, CancellationToken cancel)
    {
        var mail = await composer.MailOfAsync(project, settings, row, cancel);
        var answer = await mailer.SendAsync(mail, cancel);

        // It went out, so it is written down even if the server is told to stop just now.
        var nowUs = clock.NowUs();
        row = row with { Answer = answer.Said };
        switch (answer.Outcome)
        {
            case MailOutcome.Taken:
                var sent = row with { State = OutboxStates.Sent, SentUs = nowUs, NextUs = nowUs };
                if (await store.Outbox.ChangeAsync(sent, CancellationToken.None))
                    await TellAsync(sent with { Version = row.Version + 1 }, cancel);
                break;
            case MailOutcome.Later:
                await WaitAsync(
                    row, StopReasons.TryAgain,
                    nowUs + Micros.From(PauseAfter(row.Id, row.Tries)), CancellationToken.None);
                break;
            default:
                await store.Outbox.ChangeAsync(
                    row with
                    {
                        State = OutboxStates.Failed,
                        Why = StopReasons.Refused,
                        NextUs = null,
                    },
                    CancellationToken.None);
                break;
        }
    }

    private async Task TellAsync(OutboxRow sent, CancellationToken cancel)
    {
        await OutreachContact.TellAsync(store, sent, cancel);
        await store.Outbox.ChangeAsync(sent with { NextUs = null }, cancel);
    }

    private Task<bool> WaitAsync(
        OutboxRow row, string? why, long untilUs, CancellationToken cancel) =>
        store.Outbox.ChangeAsync(
            row with { State = OutboxStates.Waiting, Why = why, NextUs = untilUs }, cancel);

    private Task<bool> StopAsync(OutboxRow row, string? why, CancellationToken cancel) =>
        store.Outbox.ChangeAsync(
            row with
            {
                State = why == StopReasons.GaveUp ? OutboxStates.Failed : OutboxStates.Stopped,
                Why = why,
                NextUs = null,
            },
            cancel);
}
