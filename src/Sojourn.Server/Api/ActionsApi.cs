using System.Text.Json;
using System.Text.Json.Serialization;
using Sojourn.Events;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>What staff do to a session.</summary>
internal static class ActionsApi
{
    private const int TextCharsMax = 8 * 1024;

    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
    };

    private static readonly Problem Invalid = new(
        400, "action_invalid", "The body is no action.",
        "Send {\"type\":\"status\",\"to\":\"contacted\",\"version\":0}; to, text and version "
        + "are optional.");

    public static void MapActionsApi(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/sessions/{id}/actions", PostAsync).Needs(Policy.Act);

    /// <summary>
    /// 200 with the session after it; 409 tells who was faster; 422 says the move is not allowed.
    /// </summary>
    internal static async Task PostAsync(
        HttpContext context, string id, IStore store, IEnumerable<IActionClaim> claims,
        Lenses lenses, TimeProvider clock)
    {
        if (!context.Request.HasJsonContentType())
        {
            await Problems.ContentType.WriteAsync(context);
            return;
        }

        if (await ReadAsync(context) is not { } asked)
        {
            await Invalid.WriteAsync(context);
            return;
        }

        if (!SessionId.TryParse(id, out var session))
        {
            await Problems.SessionUnknown.WriteAsync(context);
            return;
        }

        var project = context.Project();
        // Whom it is assigned to is named like where a status moves to.
        var isAssign = asked.Type == ActionTypes.Assign;
        var request = new ActionRequest(
            project.Id, session, asked.Version, asked.Type,
            isAssign ? null : asked.To,
            isAssign ? asked.Text ?? asked.To : asked.Text,
            context.Caller().Actor);
        var (changed, problem) = await ActAsync(
            store, [.. claims], request, context.RequestAborted);
        if (problem is not null)
        {
            await problem.WriteAsync(context);
            return;
        }

        // There is a session whenever there is no problem.
        var lens = lenses.All.First(one => one.Kind.Name == changed!.Kind);
        var now = clock.NowUs();
        await context.AnswerAsync(json => SessionJson.Write(json, project, lens, changed!, now));
    }

    private static async Task<(Session? Changed, Problem? Problem)> ActAsync(
        IStore store, IActionClaim[] claims, ActionRequest request, CancellationToken cancel)
    {
        for (var i = 0; i < claims.Length; i++)
        {
            if (await claims[i].TakeAsync(request, cancel) is { } taken)
            {
                await ReturnAsync(claims[..i], request, cancel);
                return (null, taken);
            }
        }

        var answer = await store.ActAsync(request, cancel);
        var problem = ProblemOf(answer);
        if (problem is not null)
            await ReturnAsync(claims, request, cancel);
        return (answer.Session, problem);
    }

    private static async Task ReturnAsync(
        IReadOnlyList<IActionClaim> claims, ActionRequest request, CancellationToken cancel)
    {
        foreach (var claim in claims)
            await claim.ReturnAsync(request, cancel);
    }

    private static async Task<Asked?> ReadAsync(HttpContext context)
    {
        try
        {
            var asked = await JsonSerializer.DeserializeAsync<Asked>(
                context.Request.Body, Reading, context.RequestAborted);
            return asked is { Type.Length: > 0 }
                && (asked.Text?.Length ?? 0) <= TextCharsMax
                && (asked.To?.Length ?? 0) <= TextCharsMax
                ? asked
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Problem? ProblemOf(ActionAnswer answer) => answer.Refusal switch
    {
        null => null,
        "session_unknown" => Problems.SessionUnknown,
        "version_stale" => Stale(answer),
        "transition_not_allowed" => new(422, "transition_not_allowed",
            "A session in this status does not take this action.",
            "Load it again; docs/guide/sessions.md lists the moves."),
        "action_invalid" => new(422, "action_invalid",
            "The action lacks what it needs, or has what it cannot use.",
            "docs/guide/checkouts.md shows what each action takes."),
        "undo_not_allowed" => new(422, "undo_not_allowed",
            "This cannot be undone any more.",
            "Only the last action can, by who did it, within "
            + $"{Undoing.Offered.TotalSeconds:0} seconds."),
        var code => new(422, code, "There is no such action.",
            $"Use {string.Join(", ", ActionTypes.All)}."),
    };

    private static Problem Stale(ActionAnswer answer) => new(
        409, "version_stale",
        answer.Latest is { } first
            ? $"{first.Actor} was faster: {first.Type} at {Micros.ToText(first.AcceptedUs)}."
            : "The session has changed since it was loaded.",
        "Load it again and decide anew.")
    {
        More = json =>
        {
            if (answer.Session is { } session)
                json.WriteNumber("version"u8, session.Version);
            if (answer.Latest is { } latest)
            {
                json.WritePropertyName("latest"u8);
                EventJson.Write(json, latest);
            }
        },
    };

    /// <summary>An action as a client writes it.</summary>
    internal sealed record Asked
    {
        /// <summary>What to do.</summary>
        public string Type { get; init; } = "";

        /// <summary>The status to move to, or whom to assign to.</summary>
        public string? To { get; init; }

        /// <summary>The note's words.</summary>
        public string? Text { get; init; }

        /// <summary>The version the client saw; null = whatever it is.</summary>
        public int? Version { get; init; }
    }
}
