namespace Sojourn.Tests.Storage.Sqlite;

/// <summary>A folder of its own that is gone when the test is over.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("sojourn-test-").FullName;

    /// <summary>The data folder within.</summary>
    public string Data => Path.Combine(Root, "data");

    public string File(string name) => Path.Combine(Root, name);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
