using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json;
using Sojourn.Events;
using Sojourn.Ingest;
using Sojourn.Server.Commands.Importing;
using Spectre.Console;

namespace Sojourn.Server.Commands;

/// <summary><c>sojourn import</c>: history from a file into a project.</summary>
internal static class ImportCommand
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(60);

    public static Command Create()
    {
        var project = new Option<string>("--project") { Description = "Its name." };
        var url = new Option<string>("--url") { Description = "A server's address, with --key." };
        var key = new Option<string>("--key") { Description = "The project's secret key." };
        var command = new Command("import", "Imports history; repeating it changes nothing.")
        {
            project, url, key,
        };
        var sourceOf = EventSource.AddOptions(command);
        var place = StorePlace.AddOptions(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var source = sourceOf(parsed);
            var address = parsed.GetValue(url);
            if (address is not null && string.IsNullOrEmpty(parsed.GetValue(key)))
                throw CommandFailure.Usage("--url needs the project's secret key: --key KEY.");

            await using var stream = source.Open(out var length);
            // The file is looked into before anything is opened or made.
            var lines = source.Read(
                stream, new Admission(Trust.Verified, TimeProvider.System.NowUs()));
            await using var sink = address is not null
                ? await ServerAsync(address, parsed.GetValue(key)!, cancel) // Checked above.
                : await StoreAsync(
                    StorePlace.Of(parsed, place), parsed.GetValue(project), cancel);
            return await RunAsync(source, lines, length, sink, cancel);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        EventSource source,
        IEnumerable<Ingest.Files.FileLine> lines,
        long? length,
        IEventSink sink,
        CancellationToken cancel)
    {
        using var rejected = new RejectedLines(source.Path);
        var import = new Import(sink, rejected);
        await WithProgressAsync(
            length, progress => import.RunAsync(lines, progress, cancel));
        Print(import, rejected.Count);
        if (rejected.Count == 0 || import.Accepted + import.Duplicates > 0)
            return ExitCodes.Ok;

        throw new CommandFailure(ExitCodes.Failed,
            $"None of {import.Read} lines was taken. Compare them with --format and --map.");
    }

    private static void Print(Import import, long rejected) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(new
        {
            read = import.Read,
            accepted = import.Accepted,
            duplicates = import.Duplicates,
            rejected,
        }));

    private static async Task<IEventSink> ServerAsync(
        string address, string key, CancellationToken cancel)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https"))
        {
            throw CommandFailure.Usage($"{address} is no address. Write --url http://HOST:PORT.");
        }

        var http = new HttpClient { BaseAddress = uri, Timeout = AnswerWithin };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        try
        {
            // Asking something only a secret key may ask tells a wrong key from a wrong file.
            using var answer = await http.GetAsync("/v1/refusals?limit=1", cancel);
            await ControlClient.ThrowIfRefusedAsync(answer, cancel);
            return new HttpSink(http, TimeProvider.System);
        }
        catch (HttpRequestException e)
        {
            throw CommandFailure.Configuration(
                $"{address} does not answer: {e.Message} Check --url.");
        }
    }

    private static async Task<IEventSink> StoreAsync(
        StorePlace place, string? project, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(project))
            throw CommandFailure.Usage("Say which project the events are of: --project NAME.");

        var (store, server) = await place.ReachAsync(cancel);
        if (server is not null)
        {
            server.UseProject(project);
            using var answer = await server.Http.GetAsync("/v1/refusals?limit=1", cancel);
            await ControlClient.ThrowIfRefusedAsync(answer, cancel);
            return new HttpSink(server.Http, TimeProvider.System);
        }

        try
        {
            return new StoreSink(store!, StorePlace.ProjectIn(store!, project).Id);
        }
        catch
        {
            await store!.DisposeAsync();
            throw;
        }
    }

    // A bar is for people: to a file or a pipe nothing is drawn.
    private static async Task WithProgressAsync(long? length, Func<Action<long>, Task> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
        });
        if (length is not > 0 || Console.IsErrorRedirected)
        {
            await work(_ => { });
            return;
        }

        await console.Progress()
            .Columns(
                new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async bars =>
            {
                var bar = bars.AddTask("Importing", maxValue: length.Value);
                await work(done => bar.Value = done);
            });
    }
}
