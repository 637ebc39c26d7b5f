using System.CommandLine;
using Sojourn.Storage;
using Sojourn.Storage.Postgres;
using Sojourn.Storage.Sqlite;

namespace Sojourn.Server.Commands;

/// <summary>Where a command's data is: <c>--data DIR</c> or <c>--postgres CONNECTION</c>.</summary>
/// <param name="Folder">The folder, full path; null with PostgreSQL.</param>
/// <param name="Postgres">The connection, as Npgsql takes it; null with a folder.</param>
internal sealed record StorePlace(string? Folder, string? Postgres)
{
    /// <summary>How a folder's store makes sessions.</summary>
    public static StoreKinds Kinds { get; } = new(Program.Kinds, Program.SuppressionOf);

    /// <summary>The two options. One of them must be given.</summary>
    public static (Option<string> Data, Option<string> Postgres) AddOptions(Command to)
    {
        var data = new Option<string>("--data") { Description = "The data folder." };
        var postgres = new Option<string>("--postgres")
        {
            Description = "A PostgreSQL connection, e.g. Host=localhost;Database=sojourn.",
        };
        to.Options.Add(data);
        to.Options.Add(postgres);
        return (data, postgres);
    }

    /// <summary>The place named on the command line.</summary>
    /// <exception cref="CommandFailure">None or both are named.</exception>
    public static StorePlace Of(
        ParseResult parsed, (Option<string> Data, Option<string> Postgres) options)
    {
        var (data, postgres) = (parsed.GetValue(options.Data), parsed.GetValue(options.Postgres));
        if (string.IsNullOrEmpty(data) == string.IsNullOrEmpty(postgres))
        {
            throw CommandFailure.Usage(
                "Say where the data is: --data DIR, or --postgres CONNECTION, and not both.");
        }

        return string.IsNullOrEmpty(data)
            ? new StorePlace(null, postgres)
            : new StorePlace(Path.GetFullPath(data), null);
    }

    /// <summary>Opens the store, creating it when there is none.</summary>
    public async Task<IStore> OpenAsync(CancellationToken cancel) => Folder is not null
        ? EmbeddedStore.Open(Folder, Kinds, TimeProvider.System)
        : await PostgresStore.OpenAsync(
            Postgres!, Program.Kinds, Program.SuppressionOf, TimeProvider.System, cancel);

    /// <summary>
    /// Opens the store, or reaches the server that holds it. Exactly one of the two is not null.
    /// </summary>
    public async Task<(IStore? Store, ControlClient? Server)> ReachAsync(CancellationToken cancel)
    {
        try
        {
            return (await OpenAsync(cancel), null);
        }
        catch (StoreException e) when (e.Fault == StoreFault.InUse)
        {
            if (ControlClient.TryConnect(Folder!) is { } server)
                return (null, server);
            throw;
        }
    }

    /// <summary>A project of the store, by name or id.</summary>
    /// <exception cref="CommandFailure">There is none such.</exception>
    public static Project ProjectIn(IStore store, string name) =>
        store.Projects.FirstOrDefault(one => one.Name == name)
        ?? store.Projects.FirstOrDefault(one => one.Id == name)
        ?? throw CommandFailure.Configuration(
            $"There is no project {name} here. "
            + (store.Projects.Count == 0
                ? $"Make it with: sojourn project create {name}"
                : $"There is {string.Join(", ", store.Projects.Select(one => one.Name))}; "
                    + $"or make it with: sojourn project create {name}"));
}
