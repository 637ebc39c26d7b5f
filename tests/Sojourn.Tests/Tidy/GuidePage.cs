using System.Text;
using System.Text.RegularExpressions;

namespace Sojourn.Tests.Tidy;

/// <summary>
/// A page whose commands are run: blocks that begin with <c>```sh run</c>, each with what it
/// must print when a block that begins with <c>```KIND output</c> follows.
/// </summary>
internal sealed partial class GuidePage
{
    private const string EndOfBlock = "--- end of block ---";

    private GuidePage(string name, IReadOnlyList<GuideStep> steps)
    {
        Name = name;
        Steps = steps;
    }

    public string Name { get; }

    public IReadOnlyList<GuideStep> Steps { get; }

    public static GuidePage Read(string path) =>
        new(Repository.Name(path), [.. StepsOf(File.ReadAllText(path))]);

    /// <summary>One script of all steps, which ends what it started.</summary>
    public string ToScript()
    {
        var script = new StringBuilder(
            """
            set -euo pipefail
            trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT

            """);
        foreach (var step in Steps)
            script.Append(step.Commands).Append("echo '").Append(EndOfBlock).Append("'\n");
        return script.ToString();
    }

    /// <summary>What is wrong with what the script printed.</summary>
    public IEnumerable<string> Differences(string printed)
    {
        var blocks = printed.Split(EndOfBlock + "\n");
        foreach (var (index, step) in Steps.Index())
        {
            if (index >= blocks.Length - 1)
                yield return $"{Name}: block {index + 1} did not come to its end.";
            else if (step.Output is { } wanted && !Agree(wanted, blocks[index]))
                yield return $"{Name}: wanted\n{wanted}\nbut printed\n{blocks[index]}";
        }
    }

    // An ellipsis stands for whatever differs from run to run; CSV ends its lines with CR LF.
    private static bool Agree(string wanted, string printed) => Regex.IsMatch(
        printed.ReplaceLineEndings("\n").Trim(),
        $"^{Regex.Escape(wanted.Trim()).Replace("…", "(.|\n)*?")}$");

    private static IEnumerable<GuideStep> StepsOf(string text)
    {
        var blocks = Block().Matches(text).ToList();
        for (var i = 0; i < blocks.Count; i++)
        {
            if (blocks[i].Groups["kind"].Value != "sh run")
                continue;

            var hasOutput = i + 1 < blocks.Count
                && blocks[i + 1].Groups["kind"].Value.EndsWith(" output", StringComparison.Ordinal);
            yield return new GuideStep(
                blocks[i].Groups["text"].Value,
                hasOutput ? blocks[i + 1].Groups["text"].Value : null);
        }
    }

    [GeneratedRegex(@"^```(?<kind>\S[^\n]*)\n(?<text>(?:.|\n)*?)^```$", RegexOptions.Multiline)]
    private static partial Regex Block();
}

/// <summary>Commands of a page, and what they must print; null = whatever.</summary>
internal sealed record GuideStep(string Commands, string? Output);
