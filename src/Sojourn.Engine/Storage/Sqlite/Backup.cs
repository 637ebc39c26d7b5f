using Microsoft.Data.Sqlite;

namespace Sojourn.Storage.Sqlite;

/// <summary>Copies of a whole store in one file, made while it runs.</summary>
internal static class Backup
{
    /// <summary>
    /// Writes everything that was committed when this began. The file has its name only once
    /// it is whole and was read back.
    /// </summary>
    /// <exception cref="StoreException">It could not be made; no file is left behind.</exception>
    public static void Write(Database database, string file)
    {
        var target = Path.GetFullPath(file);
        if (File.Exists(target))
        {
            throw new StoreException(
                StoreFault.Unusable, $"{target} exists. Name a file that does not.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(target)))
        {
            throw new StoreException(
                StoreFault.Unusable, $"There is no folder for {target}. Create it first.");
        }

        var partial = target + ".partial";
        try
        {
            File.Delete(partial);
            Copy(database, partial);
            Check(partial);
            Sync(partial);
            File.Move(partial, target);
        }
        catch (Exception e) when (e is SqliteException or UnauthorizedAccessException
            || (e is IOException and not StoreException))
        {
            var isFull = e is SqliteException cause && SqliteFaults.IsFull(cause);
            throw new StoreException(
                isFull ? StoreFault.Full : StoreFault.Unusable,
                $"The backup {target} could not be written ({e.Message}). Make room there or "
                + "name another file.",
                e);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Makes a data folder of a backup.</summary>
    /// <exception cref="StoreException">
    /// The backup is damaged or too new, or the folder has data already. Nothing was changed.
    /// </exception>
    public static void Restore(string file, string folder)
    {
        var source = Path.GetFullPath(file);
        if (!File.Exists(source))
        {
            throw new StoreException(
                StoreFault.Unusable, $"There is no file {source}. Name a backup.");
        }

        using var held = DataFolder.Take(folder);
        if (File.Exists(held.DatabaseFile))
        {
            throw new StoreException(
                StoreFault.Unusable,
                $"{held.Root} has data already. Restore into a folder that has none.");
        }

        // Checked as a copy, because opening a database may write beside it.
        var partial = held.DatabaseFile + ".partial";
        try
        {
            File.Copy(source, partial, overwrite: true);
            var testimony = Check(partial);
            Sync(partial);
            File.Move(partial, held.DatabaseFile);
            using var witness = Witness.Open(held.WitnessFile);
            witness.Reset(testimony);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static void Copy(Database database, string target)
    {
        using var connection = database.OpenReading();
        using var command = connection.CreateCommand();
        command.CommandText = "vacuum into $target";
        command.CommandTimeout = 0;
        command.Parameters.AddWithValue("$target", target);
        command.ExecuteNonQuery();
    }

    private static Testimony Check(string file)
    {
        using var database = Database.OpenFrozen(file);
        var verification = new BlockVerification(database);
        var differences = verification.Run(seen: null).Concat(Documents.Differences(database));
        if (differences.FirstOrDefault() is { } difference)
        {
            throw new StoreException(
                StoreFault.Damaged, $"The backup is damaged: {difference} Use another.");
        }

        return new Testimony(verification.Sequence, verification.Events, verification.Chain);
    }

    private static void Sync(string file)
    {
        using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(handle);
    }
}
