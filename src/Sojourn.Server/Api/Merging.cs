using Sojourn.Events;
using Sojourn.Ingest;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>Staff make two people one, and part them again.</summary>
internal sealed class Merging(
    IStore store, Lenses lenses, IngestLine line, Ending ending, TimeProvider clock)
{
    /// <summary>What merging two people would mean, or why it cannot be.</summary>
    /// <param name="project">The project.</param>
    /// <param name="id">The person who is kept where both are users.</param>
    /// <param name="with">The other's id or e-mail.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<(MergePlan? Plan, Problem? Problem)> PlanAsync(
        string project, string id, string with, string actor, CancellationToken cancel)
    {
        var asked = await store.FindPersonAsync(project, id, cancel);
        if (asked is null)
            return (null, Problems.PersonUnknown);

        var (other, problem) = await FindAsync(project, with, cancel);
        problem ??= id == with ? MergeProblems.Same : Judge(asked, other!);
        if (problem is not null)
            return (null, problem);

        var (kept, moved) = asked.Person.Verified ? (asked, other!) : (other!, asked);
        var alias = AliasEvent.Of(
            kept.Person.Id,
            moved.Person.Id,
            new EventPosition(
                clock.NowUs(), null, await FreeIdAsync(project, kept, moved, cancel)),
            actor);
        return (new MergePlan(kept, moved, alias), null);
    }

    /// <summary>What would change; null when that is too much to say.</summary>
    public Task<AliasPreview?> PreviewAsync(
        string project, MergePlan plan, CancellationToken cancel) =>
        store.PreviewAliasAsync(project, plan.Alias, cancel);

    /// <summary>Stores the alias.</summary>
    public async Task<Problem?> MergeAsync(
        string project, MergePlan plan, CancellationToken cancel)
    {
        var (outcome, problem) = await StoreAsync(project, plan.Alias, cancel);
        return problem ?? (outcome == AppendOutcome.Stored ? null : MergeProblems.Already);
    }

    /// <summary>Takes one of a person's aliases back; null = done.</summary>
    public async Task<Problem?> UndoAsync(
        string project, string id, string aliasId, string actor, CancellationToken cancel)
    {
        if (await store.FindPersonAsync(project, id, cancel) is not { } person)
            return Problems.PersonUnknown;
        if (await EventAsync(project, aliasId, cancel) is not
            { Name: EventNames.Alias, UserId: { } user, Trust: not Trust.Claimed } alias)
        {
            return MergeProblems.AliasUnknown;
        }

        var owner = await store.FindPersonAsync(project, user, cancel);
        if (owner?.Person.Key != person.Person.Key)
            return MergeProblems.AliasUnknown;
        if (alias.Trust != Trust.Staff)
            return MergeProblems.AliasOfProgram;

        // One id for each alias, so that the second of two undos changes nothing.
        var undo = AliasEvent.Undoing(
            user,
            alias.Id,
            new EventPosition(clock.NowUs(), null, $"undo-{Fingerprint.Of(alias.Id):x16}"),
            actor);
        var (outcome, problem) = await StoreAsync(project, undo, cancel);
        return problem ?? (outcome == AppendOutcome.Stored ? null : MergeProblems.AliasUndone);
    }

    private static Problem? Judge(PersonRecord asked, PersonRecord other) =>
        asked.Person.Key == other.Person.Key ? MergeProblems.Already
        : asked.Sharing.Count > 0 || other.Sharing.Count > 0 ? MergeProblems.Shared
        : IsOnlyClaimed(asked) || IsOnlyClaimed(other) ? MergeProblems.OnlyClaimed
        : asked.Person.Verified || other.Person.Verified ? null
        : MergeProblems.NeedsUser;

    private static bool IsOnlyClaimed(PersonRecord one) =>
        one.Person is { Verified: false, UserId: not null };

    private async Task<(PersonRecord? Found, Problem? Problem)> FindAsync(
        string project, string with, CancellationToken cancel)
    {
        if (await store.FindPersonAsync(project, with, cancel) is { } found)
            return (found, null);

        var people = await WithMailAsync(project, with, cancel);
        if (people.Count > 1)
            return (null, MergeProblems.ManyHaveMail);

        found = people.Count == 0
            ? null
            : await store.FindPersonAsync(project, people[0], cancel);
        return found is null
            ? (null, Problems.PersonUnknown with { Field = "with" })
            : (found, null);
    }

    private async Task<List<string>> WithMailAsync(
        string project, string mail, CancellationToken cancel)
    {
        var people = new HashSet<string>();
        if (!mail.Contains('@') || mail.Length > QueryParser.ValueCharsMax)
            return [];

        foreach (var lens in lenses.OfPeople)
        {
            var query = new SessionQuery
            {
                Lens = lens,
                Text = mail,
                Suppressed = SuppressedView.All,
                Archived = true,
                Limit = SessionQuery.LimitMax,
                WithFacets = false,
            };
            var page = await store.QueryAsync(project, query, cancel);
            people.UnionWith(page.Items
                .Where(one => one.PersonId.Length > 0
                    && string.Equals(one.Email, mail, StringComparison.OrdinalIgnoreCase))
                .Select(one => one.PersonId));
        }

        return [.. people];
    }

    // The same two people get the same id, so that two who merge at once merge once; after an
    // undo it is used up.
    private async Task<string> FreeIdAsync(
        string project, PersonRecord kept, PersonRecord moved, CancellationToken cancel)
    {
        var pair = Fingerprint.Of($"{kept.Person.Id}\n{moved.Person.Id}");
        for (var time = 1; ; time++)
        {
            var id = $"merge-{pair:x16}-{time}";
            if (await EventAsync(project, id, cancel) is null)
                return id;
        }
    }

    private async Task<Event?> EventAsync(string project, string id, CancellationToken cancel)
    {
        var query = new EventQuery { Id = id, Suppressed = SuppressedView.All, Limit = 1 };
        var page = await store.EventsAsync(project, query, cancel);
        return page.Items.Count == 0 ? null : page.Items[0].Event;
    }

    private async Task<(AppendOutcome? Outcome, Problem? Problem)> StoreAsync(
        string project, Event word, CancellationToken cancel)
    {
        var answer = await line.SubmitAsync(project, [word], cancel);
        ending.Judge(answer.Failure);
        return Intake.FailureOf(answer) is { } problem
            ? (null, problem)
            : (answer.Outcomes[0], null);
    }
}

/// <summary>Two people to be made one.</summary>
/// <param name="Kept">Who the result is called by.</param>
/// <param name="Moved">Whose ids become the other's.</param>
/// <param name="Alias">The event that says so.</param>
internal sealed record MergePlan(PersonRecord Kept, PersonRecord Moved, Event Alias);
