using Sojourn.Sessions;

namespace Sojourn.Storage.Sqlite;

/// <summary>Checks a whole store, from bytes to sessions.</summary>
internal sealed class StoreVerification(Database database, BlockLog log, StoreKinds kinds)
{
    /// <summary>Most differences that are listed; a store with more is lost anyway.</summary>
    private const int DifferencesMax = 1_000;

    /// <summary>Checks a store that is open. Nothing may be stored meanwhile.</summary>
    public IReadOnlyList<string> Run(
        Testimony? seen, IEnumerable<ProjectShare> shares, CancellationToken cancel)
    {
        var differences = Differences(database, seen);

        // Sessions of damaged events would only repeat the same damage.
        var found = Collect(differences, cancel);
        return found.Count > 0
            ? found
            : Collect(
                shares.SelectMany(share => SessionVerification.Run(share, kinds, ActionsOf(share))),
                cancel);
    }

    /// <summary>Checks the files of a folder that nobody uses.</summary>
    /// <exception cref="StoreException">It is in use, or of a newer program.</exception>
    public static IReadOnlyList<string> Run(string folder)
    {
        using var held = DataFolder.Take(folder);
        if (!File.Exists(held.DatabaseFile))
            return [$"There is no database in {held.Root}."];

        try
        {
            using var database = Database.Open(held.DatabaseFile);
            using var witness = Witness.Open(held.WitnessFile);
            return Collect(Differences(database, witness.Read()), default);
        }
        catch (StoreException e) when (e.Fault == StoreFault.Damaged)
        {
            return [e.Message];
        }
    }

    private static IEnumerable<string> Differences(Database database, Testimony? seen) =>
        new BlockVerification(database).Run(seen).Concat(Documents.Differences(database));

    private List<StaffAction> ActionsOf(ProjectShare share) =>
        [
            .. log.RowsAfter(0)
                .Where(row => row.Contents == BlockContents.Action
                    && row.Project == share.Project.Id)
                .Select(row => StaffActions.Read(log.Load(row.Sequence))),
        ];

    private static List<string> Collect(
        IEnumerable<string> differences, CancellationToken cancel)
    {
        var found = new List<string>();
        foreach (var difference in differences)
        {
            cancel.ThrowIfCancellationRequested();
            if (found.Count == DifferencesMax)
            {
                found.Add("There are more; they are not listed.");
                break;
            }

            found.Add(difference);
        }

        return found;
    }
}
