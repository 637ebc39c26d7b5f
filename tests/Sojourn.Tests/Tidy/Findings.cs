using Xunit;

namespace Sojourn.Tests.Tidy;

/// <summary>What a tidy test found wrong; all of it is shown, one to a line.</summary>
internal static class Findings
{
    private const int ShownMax = 50;

    public static void AreNone(IEnumerable<string> findings)
    {
        var all = findings.Distinct().ToList();
        if (all.Count > 0)
        {
            var shown = string.Join('\n', all.Take(ShownMax));
            Assert.Fail($"{all.Count} found:\n{shown}");
        }
    }
}
