using System.CommandLine;
using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Server.Api;

namespace Sojourn.Server.Commands;

/// <summary><c>sojourn export</c>: exactly the filtered list, as the API filters it.</summary>
internal static class ExportCommand
{
    // The page's own parameters mean nothing to a list that is written whole.
    private static readonly string[] OfPages = ["limit", "cursor", "offset"];

    public static Command Create()
    {
        var lens = new Option<string>("--lens")
        {
            Description = $"One of {Program.Lenses}.",
            Required = true,
        };
        var format = new Option<string>("--format")
        {
            Description = "csv or ndjson.",
            DefaultValueFactory = _ => "csv",
        };
        var project = new Option<string>("--project")
        {
            Description = "Its name.",
            Required = true,
        };
        var file = new Option<string>("--out") { Description = "A file; else standard output." };
        var command = new Command("export", "Writes exactly the filtered list of sessions.")
        {
            lens, format, project, file,
        };
        var place = StorePlace.AddOptions(command);
        var filters = AddFilters(command);
        command.SetAction((parsed, cancel) => RunAsync(
            StorePlace.Of(parsed, place),
            parsed.GetRequiredValue(project),
            FormatOf(parsed.GetRequiredValue(format)),
            [
                new("lens", parsed.GetRequiredValue(lens)),
                .. from filter in filters
                   from value in parsed.GetValue(filter) ?? []
                   select KeyValuePair.Create(ParameterOf(filter), value),
            ],
            parsed.GetValue(file),
            cancel));
        return command;
    }

    private static List<Option<string[]>> AddFilters(Command command)
    {
        var filters = QueryParser.ParametersOf(Program.Lenses.All)
            .Where(one => !OfPages.Contains(one.Name))
            .Select(one => new Option<string[]>("--" + one.Name.Replace('_', '-'), "--" + one.Name)
            {
                Description = one.Text,
                AllowMultipleArgumentsPerToken = false,
            })
            .ToList();
        filters.ForEach(command.Options.Add);
        return filters;
    }

    private static string ParameterOf(Option filter) => filter.Name[2..].Replace('-', '_');

    private static ExportFormat FormatOf(string name) =>
        SessionExport.TryFormat(name, out var format)
            ? format
            : throw CommandFailure.Usage($"There is no format {name}. Use --format csv or ndjson.");

    private static async Task<int> RunAsync(
        StorePlace place,
        string project,
        ExportFormat format,
        List<KeyValuePair<string, string>> parameters,
        string? file,
        CancellationToken cancel)
    {
        var (store, server) = await place.ReachAsync(cancel);
        await using var to = file is null
            ? Console.OpenStandardOutput()
            : File.Create(file);
        if (server is not null)
        {
            using (server)
                await CopyAsync(server, project, format, parameters, to, cancel);
            return ExitCodes.Ok;
        }

        await using (store)
        {
            var found = StorePlace.ProjectIn(store!, project);
            if (!new QueryParser(Program.Lenses.All).TryReadSessions(
                    parameters, found.Settings.Currency, out var query, out var fault))
            {
                throw CommandFailure.Usage($"{fault.Field}: {fault.Title} {fault.Hint}");
            }

            await new SessionExport(found, query.Lens, TimeProvider.System.NowUs()).WriteAsync(
                to, format, store!.ExportAsync(found.Id, query, cancel), cancel);
        }

        return ExitCodes.Ok;
    }

    private static async Task CopyAsync(
        ControlClient server,
        string project,
        ExportFormat format,
        List<KeyValuePair<string, string>> parameters,
        Stream to,
        CancellationToken cancel)
    {
        server.UseProject(project);
        var query = QueryString.Create(parameters!)
            .Add("format", format == ExportFormat.Csv ? "csv" : "ndjson");
        using var answer = await server.Http.GetAsync(
            "/v1/sessions/export" + query, HttpCompletionOption.ResponseHeadersRead, cancel);
        await ControlClient.ThrowIfRefusedAsync(answer, cancel);
        await answer.Content.CopyToAsync(to, cancel);
    }
}
