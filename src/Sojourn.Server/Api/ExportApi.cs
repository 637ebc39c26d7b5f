using Microsoft.Net.Http.Headers;
using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>Exactly the filtered list, all of it.</summary>
internal static class ExportApi
{
    /// <summary>What an unknown format is answered with.</summary>
    public static readonly QueryFault NoFormat =
        new("format", "There is no such format.", "Use csv or ndjson.");

    public static void MapExportApi(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/sessions/export", GetAsync).Needs(Policy.Read);

    /// <summary>Streamed rows; the connection is cut when it cannot be finished.</summary>
    internal static async Task GetAsync(
        HttpContext context, IStore store, QueryParser parser, TimeProvider clock)
    {
        var project = context.Project();
        if (!SessionExport.TryFormat(context.Request.Query["format"], out var format))
        {
            await Problem.Of(NoFormat).WriteAsync(context);
            return;
        }

        if (!parser.TryReadSessions(context.Parameters("format"), project.Settings.Currency,
                out var query, out var fault))
        {
            await Problem.Of(fault).WriteAsync(context);
            return;
        }

        var isCsv = format == ExportFormat.Csv;
        context.Response.ContentType = isCsv ? "text/csv; charset=utf-8" : "application/x-ndjson";
        // A fixed name: nothing a project's people wrote reaches the file system.
        context.Response.Headers.ContentDisposition =
            new ContentDispositionHeaderValue("attachment")
            {
                FileName = $"{query.Lens.Name}.{(isCsv ? "csv" : "ndjson")}",
            }.ToString();
        await new SessionExport(project, query.Lens, clock.NowUs()).WriteAsync(
            context.Response.Body,
            format,
            store.ExportAsync(project.Id, query, context.RequestAborted),
            context.RequestAborted);
    }
}
