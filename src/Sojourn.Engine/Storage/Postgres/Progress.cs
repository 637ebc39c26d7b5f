namespace Sojourn.Storage.Postgres;

/// <summary>How far a project has come.</summary>
/// <param name="Sequence">Its last commit, from 1; 0 = none.</param>
/// <param name="Events">Events accepted.</param>
/// <param name="Actions">Actions accepted.</param>
internal readonly record struct Progress(long Sequence, long Events, long Actions)
{
    private const string Ask = "select sequence, events, actions from progress where project = $1";

    /// <summary>
    /// Waits until nobody else changes the project, and keeps others waiting until the commit.
    /// Whoever needs several projects takes them in order of their ids.
    /// </summary>
    public static Task<Progress> HoldAsync(
        Work work, string project, CancellationToken cancel) =>
        ReadAsync(work, project, Ask + " for update", cancel);

    /// <summary>How far the project has come, as the transaction sees it.</summary>
    public static Task<Progress> ReadAsync(
        Work work, string project, CancellationToken cancel) =>
        ReadAsync(work, project, Ask, cancel);

    /// <summary>Writes the new state down.</summary>
    public Task StoreAsync(Work work, string project, CancellationToken cancel)
    {
        const string tell = """
            update progress set sequence = $2, events = $3, actions = $4 where project = $1
            """;
        return work.ExecuteAsync(tell, [project, Sequence, Events, Actions], cancel);
    }

    private static async Task<Progress> ReadAsync(
        Work work, string project, string ask, CancellationToken cancel)
    {
        var rows = await work.ListAsync(
            ask,
            [project],
            row => new Progress(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)),
            cancel);
        return rows.Count == 1
            ? rows[0]
            : throw new ArgumentException($"There is no project {project}.", nameof(project));
    }
}
