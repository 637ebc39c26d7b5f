using System.Globalization;

namespace Sojourn.Benchmarks;

/// <summary>The promised figures, each by name.</summary>
public static class Figures
{
    private static readonly Dictionary<string, (int Size, Func<int, Task> Run)> ByName = new()
    {
        ["lists"] = (5_000_000, size => Run(() => ListPages.Run(size))),
        ["append"] = (1_000_000, StoreAppend.RunAsync),
        ["decode"] = (0, _ => Run(Decoding.Run)),
        ["ingest"] = (10, DurableIngest.RunAsync),
        ["sessionize"] = (20_000_000, FileSessionize.RunAsync),
        ["preview"] = (20_000_000, size => Run(() => TimeoutPreview.Run(size))),
        ["start"] = (5_000_000, StoreStart.RunAsync),
        ["rescore"] = (1_000_000, Rescoring.RunAsync),
        ["paths"] = (1_000_000, size => Run(() => PathFlows.Run(size))),
        ["checkouts"] = (1_000_000, CheckoutLists.RunAsync),
        ["forms"] = (2_000, LiveForms.RunAsync),
        ["screen"] = (1_000_000, Screens.RunAsync),
        ["board"] = (10_000, BoardPages.RunAsync),
    };

    /// <summary>Takes one or all of them.</summary>
    /// <param name="arguments">A name or <c>all</c>, and a size if not the promised one.</param>
    /// <returns>The exit code: 0, or 64 when the arguments are not understood.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var name = arguments is [var first, ..] ? first : "all";
        int? size = arguments is [_, var second, ..]
            ? int.Parse(second, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)
            : null;
        if (name != "all" && !ByName.ContainsKey(name))
        {
            Console.Error.WriteLine($"Which figure? {string.Join(" | ", ByName.Keys)} | all");
            return 64;
        }

        foreach (var (one, figure) in ByName)
        {
            if (name == "all" || name == one)
                await figure.Run(size ?? figure.Size);
        }

        return 0;
    }

    private static Task Run(Action figure)
    {
        figure();
        return Task.CompletedTask;
    }
}
