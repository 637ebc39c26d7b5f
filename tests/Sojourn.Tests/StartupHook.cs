using Sojourn.Tests.Storage.Sqlite;

/// <summary>
/// Lets this assembly be started as a child of its own tests: the runtime calls it before the
/// test runner when <c>DOTNET_STARTUP_HOOKS</c> names this assembly.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        var folder = Environment.GetEnvironmentVariable(IngestChild.FolderVariable);
        var project = Environment.GetEnvironmentVariable(IngestChild.ProjectVariable);
        if (folder is null || project is null)
            return;

        IngestChild.RunAsync(folder, project).GetAwaiter().GetResult();
        Environment.Exit(0);
    }
}
