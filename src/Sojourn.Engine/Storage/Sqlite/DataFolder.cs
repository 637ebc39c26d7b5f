using System.Globalization;

namespace Sojourn.Storage.Sqlite;

/// <summary>
/// A folder that one process at a time works in. The lock is the kernel's, so that it ends
/// with the process however that ends.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private const UnixFileMode OwnerOnly =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Their locks and syncs do not hold what SQLite needs. Source: sqlite.org/lockingv3.html.
    private static readonly string[] RemoteFormats = ["nfs", "nfs4", "cifs", "smb", "smb2"];

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        Root = path;
        _lock = held;
    }

    /// <summary>The folder's full path.</summary>
    public string Root { get; }

    public string DatabaseFile => DatabaseIn(Root);

    public string WitnessFile => Path.Combine(Root, "witness");

    public string SnapshotFolder => Path.Combine(Root, "snapshots");

    public static string DatabaseIn(string folder) => Path.Combine(folder, "sojourn.db");

    /// <summary>Takes the folder, creating it when it is not there.</summary>
    /// <exception cref="StoreException">It is in use or cannot be used.</exception>
    public static DataFolder Take(string folder)
    {
        var root = Path.GetFullPath(folder);
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(root);
            else
                Directory.CreateDirectory(root, OwnerOnly);
            RefuseRemote(root);
            return new DataFolder(root, Lock(root));
        }
        catch (Exception e) when (e is UnauthorizedAccessException
            || (e is IOException and not StoreException))
        {
            throw new StoreException(
                StoreFault.Unusable,
                $"Cannot use the data folder {root}: {e.Message} "
                + "Make it a folder this user may write to, or name another.",
                e);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string root)
    {
        var file = Path.Combine(root, "lock");
        FileStream held;
        try
        {
            held = new FileStream(
                file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(file))
        {
            throw InUse(root, e);
        }

        // A locked file cannot even be read, so the holder's name is in one beside it.
        File.WriteAllText(
            PidFile(root), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return held;
    }

    private static StoreException InUse(string root, IOException cause)
    {
        var pid = ReadPid(root);
        var who = pid is null ? "Another process" : $"Process {pid}";
        return new StoreException(
            StoreFault.InUse,
            $"{who} uses {root}. Stop it first, or name another data folder.",
            cause)
        { HolderPid = pid };
    }

    private static int? ReadPid(string root) =>
        File.Exists(PidFile(root))
        && int.TryParse(
            File.ReadAllText(PidFile(root)), CultureInfo.InvariantCulture, out var pid)
            ? pid
            : null;

    private static string PidFile(string root) => Path.Combine(root, "lock.pid");

    private static void RefuseRemote(string root)
    {
        if (OperatingSystem.IsWindows() || !RemoteFormats.Contains(new DriveInfo(root).DriveFormat))
            return;

        throw new StoreException(
            StoreFault.Unusable,
            $"{root} is on a network disk, where a power cut could lose stored events. "
            + "Use a local disk, or PostgreSQL.");
    }
}
