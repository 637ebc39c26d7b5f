using Sojourn.Events;
using Sojourn.Ingest;
using Sojourn.Ingest.Files;
using Xunit;

namespace Sojourn.Tests.Ingest;

/// <summary>The data sets beside the checkout; without them, their tests are skipped.</summary>
internal static class RealData
{
    /// <summary>Imported long after everything in them happened.</summary>
    public static readonly Admission Import = new(Trust.Verified, Some.Us(0)) { History = true };

    private static readonly string _folder = FindFolder();

    public static Stream Open(string name)
    {
        var path = Path.Combine(_folder, name);
        Assert.SkipUnless(File.Exists(path), $"There is no {path}.");
        return File.OpenRead(path);
    }

    /// <summary>All lines of a file, which must be readable.</summary>
    public static IReadOnlyList<FileLine> Lines(
        string name, FileFormat format, string? map = null)
    {
        using var stream = Open(name);
        return Lines(stream, format, map);
    }

    public static IReadOnlyList<FileLine> Lines(
        Stream stream, FileFormat format, string? map = null)
    {
        Assert.True(ColumnMap.TryParse(map, out var columns, out var badMap), badMap?.Message);
        Assert.True(
            EventFile.TryRead(stream, format, columns, Import, out var lines, out var refusal),
            refusal?.Message);
        return [.. lines];
    }

    private static string FindFolder()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Sojourn.slnx")))
            folder = Path.GetDirectoryName(folder);

        return Path.Combine(folder ?? "", "..", "shared", "data");
    }
}
