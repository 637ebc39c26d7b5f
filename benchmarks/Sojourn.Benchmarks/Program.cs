namespace Sojourn.Benchmarks;

/// <summary>
/// <c>dotnet run -c Release --project benchmarks/Sojourn.Benchmarks -- WHAT [SIZE]</c>.
/// </summary>
internal static class Program
{
    private static Task<int> Main(string[] arguments) => Figures.RunAsync(arguments);
}
