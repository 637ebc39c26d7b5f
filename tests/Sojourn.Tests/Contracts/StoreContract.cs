using Sojourn.Events.Classification;
using Sojourn.Events.Rules;
using System.Text.Json;
using Sojourn.Events;
using Sojourn.Kinds.Checkouts;
using Sojourn.Kinds.Reservations;
using Sojourn.Kinds.Visits;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage;
using Sojourn.Tests.Sessions;
using Xunit;

namespace Sojourn.Tests.Contracts;

/// <summary>
/// What every store promises, once. A store's own test class says how it is opened; all tests
/// of one class may share a database, so each works in a project of its own.
/// </summary>
public abstract partial class StoreContract : IAsyncLifetime
{
    /// <summary>The kinds every store under test is opened with.</summary>
    internal static IReadOnlyList<SessionKind> Kinds => Worlds.Kinds;

    private protected FakeClock Clock { get; } = new(Some.Start.AddHours(2));

    private IStore Store { get; set; } = null!; // Set before each test.

    private string Project { get; set; } = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The rules every store under test is opened with.</summary>
    internal static ISuppression SuppressionOf(ProjectSettings settings) =>
        !settings.Suppress ? EachAlone.Nothing
        : settings.Rules.TryGetValue(SuppressionSet.Name, out var saved)
            ? SuppressionRules.Of(saved)
            : new SuppressionRules(new SuppressionSet
            {
                Filters = [new("mail", new EventCondition { Events = ["email_open"] })],
            });

    /// <summary>Opens the store under test; called again after disposal to restart it.</summary>
    protected abstract Task<IStore> OpenAsync(TimeProvider clock, CancellationToken cancel);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Store = await OpenAsync(Clock, Cancel);
        Project = await NewProjectAsync();
    }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Store is not null)
            await Store.DisposeAsync();
    }

    private async Task RestartAsync()
    {
        await Store.DisposeAsync();
        Store = await OpenAsync(Clock, Cancel);
    }

    private async Task<string> NewProjectAsync(ProjectSettings? settings = null)
    {
        var created = await Store.CreateProjectAsync(
            $"shop {Guid.NewGuid():N}", settings ?? ProjectSettings.Default, Cancel);
        return created.Project.Id;
    }

    private async Task<IReadOnlyList<AppendOutcome>> AppendAsync(params Event[] events) =>
        (await Store.AppendAsync([new EventBatch(Project, events)], Cancel))[0];

    private async Task<SessionPage> ListAsync(SessionQuery? query = null) =>
        await Store.QueryAsync(Project, query ?? Leads, Cancel);

    private async Task<List<Session>> AllAsync(SessionQuery? query = null) =>
        await Store.ExportAsync(Project, query ?? Leads, Cancel).ToListAsync(Cancel);

    private async Task<Session> FindAsync(SessionId id) =>
        Assert.IsType<Session>(await Store.FindSessionAsync(Project, id, Cancel));

    private static SessionQuery Leads { get; } = new() { Lens = VisitLenses.Leads };

    private static SessionQuery Checkouts { get; } = new() { Lens = CheckoutLens.Checkouts };

    private static SessionQuery Reservations { get; } =
        new() { Lens = ReservationLens.Reservations };

    /// <summary>All that a list says of a session, to compare field by field.</summary>
    internal static string TextOf(Session session) =>
        JsonSerializer.Serialize(session with { Detail = null, FirstEvent = null });
}
