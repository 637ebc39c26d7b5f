using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Sojourn.Storage.Sqlite;

/// <summary>
/// Binds the SQLite wrapper to the operating system's library, which gets security fixes with
/// the system. The version bundled with the wrapper is years older.
/// </summary>
public static class SystemSqlite
{
    private static readonly string[] LibraryNames =
        ["libsqlite3.so.0", "libsqlite3.dylib", "winsqlite3.dll", "sqlite3"];

    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>The library's version, e.g. <c>3.40.1</c>.</summary>
    /// <exception cref="StoreException">There is no SQLite on this system.</exception>
    public static string Version => Loaded.Value;

    private static string Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        raw.FreezeProvider();
        return raw.sqlite3_libversion().utf8_to_string();
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != "e_sqlite3")
            return 0;

        foreach (var library in LibraryNames)
        {
            if (NativeLibrary.TryLoad(library, out var handle))
                return handle;
        }

        throw new StoreException(
            StoreFault.Unusable,
            "There is no SQLite on this system. Install it (Debian: apt install libsqlite3-0).");
    }
}
