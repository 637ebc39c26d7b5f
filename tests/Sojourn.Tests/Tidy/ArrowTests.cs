using System.Text.RegularExpressions;
using Xunit;

namespace Sojourn.Tests.Tidy;

/// <summary>Which engine folder may mention which. An arrow not listed here fails.</summary>
public sealed partial class ArrowTests
{
    private const string Engine = "src/Sojourn.Engine";

    private static readonly Dictionary<string, string[]> MayMention = new()
    {
        ["Events"] = [],
        ["Sessions"] = ["Events"],
        ["Queries"] = ["Events", "Sessions"],
        ["Storage"] = ["Events", "Sessions", "Queries"],
        ["Ingest"] = ["Events", "Sessions", "Storage"],
        ["Kinds"] = ["Events", "Sessions", "Queries"],
    };

    // The embedded store is a journal with columns in front; the other store has neither.
    private static readonly Dictionary<string, string[]> StorageMayMention = new()
    {
        [""] = [],
        ["Columns"] = [],
        ["Sqlite"] = ["Columns"],
        ["Postgres"] = [],
    };

    private static readonly string[] KindNames = ["Visits", "Checkouts", "Reservations"];

    [Fact]
    public void Every_arrow_between_engine_folders_is_allowed()
    {
        var wrong =
            from folder in MayMention.Keys
            from file in Repository.CSharp($"{Engine}/{folder}")
            from mentioned in Mentioned(file, MayMention.Keys)
            where mentioned != folder && !MayMention[folder].Contains(mentioned)
            select $"{file.Name} may not mention Sojourn.{mentioned}";

        Findings.AreNone(wrong);
    }

    [Fact]
    public void Every_engine_folder_is_in_the_table()
    {
        var folders = Directory.GetDirectories(Repository.At("src", "Sojourn.Engine"))
            .Select(Path.GetFileName)
            .Except(["bin", "obj"]);

        Findings.AreNone(folders.OfType<string>().Except(MayMention.Keys));
    }

    [Fact]
    public void A_store_never_mentions_another_store()
    {
        var wrong =
            from folder in StorageMayMention.Keys
            from file in Repository.CSharp($"{Engine}/Storage/{folder}")
            where FolderIn("Storage", file) == folder
            from other in StorageMayMention.Keys.Except([folder, ""])
            where !StorageMayMention[folder].Contains(other)
                && Regex.IsMatch(file.Code, $@"Storage\.{other}\b|(?<![.\w]){other}\.[A-Z]")
            select $"{file.Name} may not mention Storage.{other}";

        Findings.AreNone(wrong);
    }

    [Fact]
    public void A_kind_never_mentions_another_kind()
    {
        var wrong =
            from folder in KindNames
            from file in Repository.CSharp($"{Engine}/Kinds/{folder}")
            from other in KindNames.Except([folder])
            let names = $@"\bKinds\.{other}\b|\b{other[..^1]}(s|Kind|Session|Lens)?\b"
            where Regex.IsMatch(file.Code, names)
            select $"{file.Name} mentions {other}";

        Findings.AreNone(wrong);
    }

    [Fact]
    public void A_stage_never_names_a_kind()
    {
        var wrong =
            from folder in MayMention.Keys.Except(["Kinds"])
            from file in Repository.CSharp($"{Engine}/{folder}")
            from Match match in NamesAKind().Matches(file.CodeAndTexts)
            select $"{file.Name}:{file.LineOf(match.Index)} names {match.Value}";

        Findings.AreNone(wrong);
    }

    [Fact]
    public void The_engine_knows_no_web_console_or_log()
    {
        var wrong =
            from file in Repository.CSharp(Engine)
            from Match match in Outside().Matches(file.Code)
            select $"{file.Name}:{file.LineOf(match.Index)} mentions {match.Value}";

        Findings.AreNone(wrong);
    }

    [Theory]
    [InlineData("Events")]
    [InlineData("Sessions")]
    [InlineData("Queries")]
    [InlineData("Kinds")]
    public void What_decides_about_sessions_reads_no_clock_and_no_file(string folder)
    {
        var wrong =
            from file in Repository.CSharp($"{Engine}/{folder}")
            where file.Name != $"{Engine}/Events/Micros.cs" // Turns a clock's time into ours.
            from Match match in Effects().Matches(file.Code)
            select $"{file.Name}:{file.LineOf(match.Index)} mentions {match.Value}";

        Findings.AreNone(wrong);
    }

    [Fact]
    public void Only_storage_writes_sql()
    {
        var wrong =
            from file in Repository.CSharp("src")
            where !file.Name.StartsWith($"{Engine}/Storage/", StringComparison.Ordinal)
            from Match match in Sql().Matches(file.CodeAndTexts)
            select $"{file.Name}:{file.LineOf(match.Index)} has SQL";

        Findings.AreNone(wrong);
    }

    [Fact]
    public void Only_the_demo_knows_the_demo_shop()
    {
        var wrong =
            from file in Repository.CSharp("src")
            where !file.Name.StartsWith(
                "src/Sojourn.Server/Commands/Demo/", StringComparison.Ordinal)
                && file.Code.Contains("Sojourn.Shop", StringComparison.Ordinal)
            select file.Name;

        Findings.AreNone(wrong);
    }

    [Fact]
    public void The_demo_shop_knows_only_what_a_customer_knows()
    {
        var project = File.ReadAllText(
            Repository.At("samples", "shop", "Sojourn.Shop.csproj"));

        Assert.DoesNotContain("Reference", project);
    }

    [Fact]
    public void No_namespace_of_ours_is_used_globally()
    {
        var wrong =
            from file in Repository.CSharp("src")
            where GlobalUsing().IsMatch(file.Code)
            select file.Name;

        Findings.AreNone(wrong);
    }

    // A folder is mentioned as Sojourn.Folder, or from inside Sojourn as Folder.TypeOfIt.
    private static IEnumerable<string> Mentioned(CSharpFile file, IEnumerable<string> folders) =>
        from folder in folders
        where Regex.IsMatch(file.Code, $@"\bSojourn\.{folder}\b(?!\s*=)")
            || (from Match match in Regex.Matches(
                    file.Code, $@"(?<![.\w]){folder}\.(?<type>[A-Z]\w*)")
                select match.Groups["type"].Value).Any(TypesOf(folder).Contains)
        select folder;

    private static HashSet<string> TypesOf(string folder) =>
        [.. Repository.CSharp($"{Engine}/{folder}").SelectMany(f => f.Types).Select(t => t.Name)];

    private static string FolderIn(string parent, CSharpFile file)
    {
        var below = file.Name[($"{Engine}/{parent}/".Length)..];
        return below.Contains('/', StringComparison.Ordinal) ? below.Split('/')[0] : "";
    }

    [GeneratedRegex(
        @"\b\w*(?<![a-z])(Visit|Checkout|Reservation)(s|Kind|Session|Detail|Lens)?\b" +
        @"|""(visit|checkout|reservation)s?""")]
    private static partial Regex NamesAKind();

    [GeneratedRegex(
        @"\bMicrosoft\.(AspNetCore|Extensions)\b|\bHttpContext\b|\bConsole\.|\bILogger\b")]
    private static partial Regex Outside();

    [GeneratedRegex(@"\bTimeProvider\b|\bFile\.|\bDirectory\.|\bTask\b|\bHttpClient\b|\basync\b")]
    private static partial Regex Effects();

    [GeneratedRegex(@"""\s*(select|insert into|update|delete from|create table)\s+\w")]
    private static partial Regex Sql();

    [GeneratedRegex(@"\bglobal\s+using\s+(static\s+)?Sojourn\b")]
    private static partial Regex GlobalUsing();
}
