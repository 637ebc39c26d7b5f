namespace Sojourn.Storage;

/// <summary>The outbox of any store that can run statements in a transaction.</summary>
internal sealed class Outbox(IOutboxTables tables) : IOutbox
{
    // After every id, in any collation: ids are hexadecimal.
    private const string Newest = "g";

    public Task<int> AddAsync(IReadOnlyList<OutboxRow> rows, CancellationToken cancel) =>
        rows.Count == 0 ? Task.FromResult(0) : tables.ChangeAsync(
            async work =>
            {
                var added = 0;
                foreach (var row in rows)
                    added += await work.RunAsync(OutboxSql.Add, OutboxSql.Added(row), cancel);
                return added;
            },
            cancel);

    public Task<IReadOnlyList<OutboxRow>> DueAsync(
        long nowUs, int limit, CancellationToken cancel) =>
        ListAsync(OutboxSql.Due, [nowUs, Bounded(limit)], cancel);

    public async Task<OutboxRow?> FindAsync(string id, CancellationToken cancel) =>
        (await ListAsync(OutboxSql.Find, [id], cancel)).SingleOrDefault();

    public Task<IReadOnlyList<OutboxRow>> ListAsync(
        string project, OutboxQuery query, CancellationToken cancel) =>
        ListAsync(
            OutboxSql.List,
            [project, query.Before ?? Newest, query.State ?? "", Bounded(query.Limit)],
            cancel);

    public async Task<IReadOnlyList<OutboxCount>> CountAsync(
        string project, CancellationToken cancel) =>
        await tables.ReadAsync(
            work => work.ListAsync(OutboxSql.Count, [project], OutboxSql.Counted, cancel), cancel);

    public async Task<IReadOnlyList<OutboxDecision>> DecidedAsync(
        string project, long afterUs, int limit, CancellationToken cancel) =>
        await tables.ReadAsync(
            work => work.ListAsync(
                OutboxSql.Decided, [project, afterUs, Math.Max(1, limit)], OutboxSql.Decision,
                cancel),
            cancel);

    public Task<bool> ChangeAsync(OutboxRow row, CancellationToken cancel) =>
        tables.ChangeAsync(
            async work =>
                await work.RunAsync(OutboxSql.Change, OutboxSql.Changed(row), cancel) > 0,
            cancel);

    public Task<OutboxClaim> ClaimAsync(
        OutboxRow row, OutboxShare share, CancellationToken cancel) =>
        tables.ChangeAsync(
            async work =>
            {
                await work.LockAsync(row.Project, cancel);
                if (await RefusalOfAsync(work, row, share, cancel) is { } refusal)
                    return refusal;

                var taken = await work.RunAsync(
                    OutboxSql.Change, OutboxSql.Changed(row), cancel);
                return new OutboxClaim(taken > 0 ? OutboxOutcome.Taken : OutboxOutcome.Stale);
            },
            cancel);

    public Task<bool> SuppressAsync(SuppressedAddress address, CancellationToken cancel) =>
        tables.ChangeAsync(
            async work =>
            {
                await work.LockAsync(address.Project, cancel);
                return await work.RunAsync(
                    OutboxSql.Suppress,
                    [
                        address.Project, address.AddressKey, address.Shown, address.Why,
                        address.By, address.AtUs,
                    ],
                    cancel) > 0;
            },
            cancel);

    public Task<bool> UnsuppressAsync(
        string project, string addressKey, CancellationToken cancel) =>
        tables.ChangeAsync(
            async work =>
                await work.RunAsync(OutboxSql.Unsuppress, [project, addressKey], cancel) > 0,
            cancel);

    public Task<SuppressedAddress?> FindSuppressedAsync(
        string project, string addressKey, CancellationToken cancel) =>
        tables.ReadAsync(work => FindAsync(work, project, addressKey, cancel), cancel);

    public async Task<IReadOnlyList<SuppressedAddress>> ListSuppressedAsync(
        string project, CancellationToken cancel) =>
        await tables.ReadAsync(
            work => work.ListAsync(
                OutboxSql.ListSuppressed, [project, OutboxRow.ListMax], OutboxSql.Suppressed,
                cancel),
            cancel);

    private async Task<IReadOnlyList<OutboxRow>> ListAsync(
        string sql, object?[] values, CancellationToken cancel) =>
        await tables.ReadAsync(
            work => work.ListAsync(sql, values, OutboxSql.Row, cancel), cancel);

    private static async Task<OutboxClaim?> RefusalOfAsync(
        IOutboxWork work, OutboxRow row, OutboxShare share, CancellationToken cancel)
    {
        if (await FindAsync(work, row.Project, row.AddressKey, cancel) is not null)
            return new OutboxClaim(OutboxOutcome.Suppressed);

        object?[] ofPerson =
            [row.Project, share.PersonSinceUs, row.Id, row.AddressKey, row.Person];
        if (await TriedAsync(work, OutboxSql.TriedOfPerson, ofPerson, cancel) is { } had)
            return new OutboxClaim(OutboxOutcome.PersonHadOne, had);

        object?[] ofProject =
            [row.Project, share.ProjectSinceUs, row.Id, Math.Max(0, share.ProjectMax - 1)];
        return await TriedAsync(work, OutboxSql.TriedOfProject, ofProject, cancel) is { } last
            ? new OutboxClaim(OutboxOutcome.ProjectFull, last)
            : null;
    }

    private static async Task<long?> TriedAsync(
        IOutboxWork work, string sql, object?[] values, CancellationToken cancel)
    {
        var found = await work.ListAsync(sql, values, from => from.GetInt64(0), cancel);
        return found.Count == 0 ? null : found[0];
    }

    private static async Task<SuppressedAddress?> FindAsync(
        IOutboxWork work, string project, string addressKey, CancellationToken cancel) =>
        (await work.ListAsync(
            OutboxSql.FindSuppressed, [project, addressKey], OutboxSql.Suppressed, cancel))
            .SingleOrDefault();

    private static int Bounded(int limit) => Math.Clamp(limit, 1, OutboxRow.ListMax);
}
