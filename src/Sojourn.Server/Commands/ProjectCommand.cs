using System.CommandLine;
using System.Text;
using System.Text.Json;
using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Server.Api;
using Sojourn.Sessions;

namespace Sojourn.Server.Commands;

/// <summary><c>sojourn project create NAME</c>: prints the project's id and its two keys.</summary>
internal static class ProjectCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "As its people call it." };
        var timeout = new Option<string>("--timeout")
        {
            Description = "Silence that ends a visit, 1m to 24h.",
            DefaultValueFactory = _ => DurationText.Of(ProjectSettings.Default.Timeout),
        };
        var zone = new Option<string>("--time-zone")
        {
            Description = "IANA name, e.g. Africa/Algiers.",
            DefaultValueFactory = _ => ProjectSettings.Default.TimeZone,
        };
        var currency = new Option<string>("--currency")
        {
            Description = "Three letters, e.g. DZD.",
            DefaultValueFactory = _ => ProjectSettings.Default.Currency,
        };
        var create = new Command("create", "Makes a project with a write key and a secret key.")
        {
            name, timeout, zone, currency,
        };
        var place = StorePlace.AddOptions(create);
        create.SetAction((parsed, cancel) => RunAsync(
            StorePlace.Of(parsed, place),
            NewProjectAsked.TryRead(
                parsed.GetRequiredValue(name),
                TimeoutOf(parsed.GetRequiredValue(timeout)),
                parsed.GetRequiredValue(zone),
                parsed.GetRequiredValue(currency),
                out var asked,
                out var fault)
                ? asked
                : throw CommandFailure.Usage(fault),
            cancel));
        return new Command("project", "Makes projects.") { create };
    }

    /// <summary>A timeout in microseconds.</summary>
    /// <exception cref="CommandFailure">It is no duration, or out of range.</exception>
    public static long TimeoutOf(string text)
    {
        if (!DurationText.TryParse(text, out var us)
            || Micros.ToLength(us) < ProjectSettings.TimeoutMin
            || Micros.ToLength(us) > ProjectSettings.TimeoutMax)
        {
            throw CommandFailure.Usage(
                $"--timeout {text} is no duration from 1m to 24h. Write e.g. 30m, 1h30m or PT30M.");
        }

        return us;
    }

    private static async Task<int> RunAsync(
        StorePlace place, NewProjectAsked asked, CancellationToken cancel)
    {
        var (store, server) = await place.ReachAsync(cancel);
        if (server is not null)
        {
            using (server)
                Console.Out.WriteLine(await server.PostAsync("/control/projects", asked, cancel));
            return ExitCodes.Ok;
        }

        await using (store)
        {
            if (store!.Projects.Any(one => one.Name == asked.Name))
            {
                throw CommandFailure.Configuration(
                    $"There is a project {asked.Name} already. Choose another name.");
            }

            var created = await store.CreateProjectAsync(asked.Name, asked.ToSettings(), cancel);
            using var text = new MemoryStream();
            using (var json = new Utf8JsonWriter(text, Json.Options))
                ControlApi.Write(json, created);
            Console.Out.WriteLine(Encoding.UTF8.GetString(text.ToArray()));
        }

        return ExitCodes.Ok;
    }
}
