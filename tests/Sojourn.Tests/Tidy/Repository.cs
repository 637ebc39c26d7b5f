using System.Collections.Concurrent;

namespace Sojourn.Tests.Tidy;

/// <summary>The checkout the tests were built from, and the files a person wrote in it.</summary>
internal static class Repository
{
    private static readonly string[] NotWritten = ["artifacts", "bin", "obj", "node_modules"];

    private static readonly ConcurrentDictionary<string, CSharpFile> Read = new();

    /// <summary>The folder that holds the solution file.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of data sets beside the checkout.</summary>
    public static string Shared { get; } = Path.GetFullPath(Path.Combine(Root, "..", "shared"));

    /// <summary>A path in the checkout, from its parts.</summary>
    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The path from the root, with slashes; how a message names a file.</summary>
    public static string Name(string path) =>
        Path.GetRelativePath(Root, path).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>Every file under the folders whose name ends so, by path.</summary>
    public static IEnumerable<string> Files(string ending, params string[] folders) =>
        from folder in folders
        let full = Path.GetFullPath(Path.Combine(Root, folder))
        where Directory.Exists(full)
        from file in Directory.EnumerateFiles(full, "*" + ending, SearchOption.AllDirectories)
        where !Path.GetRelativePath(full, file)
            .Split(Path.DirectorySeparatorChar)
            .Any(part => NotWritten.Contains(part) || part == ".git")
        orderby file
        select file;

    /// <summary>Every C# file of ours.</summary>
    public static IEnumerable<CSharpFile> CSharp(params string[] folders) =>
        Files(".cs", folders is [] ? ["src", "samples", "tests", "benchmarks"] : folders)
            .Select(path => Read.GetOrAdd(path, CSharpFile.Read));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Sojourn.slnx")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("The tests must run inside the checkout.");
        }

        return folder;
    }
}
