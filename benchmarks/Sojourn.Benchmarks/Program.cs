using Sojourn.Benchmarks;

// dotnet run -c Release --project benchmarks/Sojourn.Benchmarks -- WHAT [SIZE]
return await Figures.RunAsync(args);
