using System.Text.Encodings.Web;
using System.Text.Json;
using Sojourn.Events;
using Sojourn.Server.Revenue;

namespace Sojourn.Server.Api;

/// <summary>GET /v1/revenue: what staff won back, by week, reason, channel and agent.</summary>
internal static class RevenueApi
{
    public static void MapRevenueApi(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/revenue", GetAsync).Needs(Policy.Read);

    /// <summary>
    /// The numbers, each with the question of the list that has just those orders; 400 names the
    /// parameter at fault.
    /// </summary>
    internal static async Task GetAsync(
        HttpContext context, RevenueReports reports, HoldoutReports holdout,
        TimeProvider clock)
    {
        var (project, nowUs) = (context.Project(), clock.NowUs());
        if (!RevenueQuestion.TryRead(
                context.Parameters().Where(one => one.Key != "project"), project.Settings,
                nowUs, out var question, out var fault))
        {
            await Problem.Of(fault).WriteAsync(context);
            return;
        }

        var report = await reports.MakeAsync(project, question, context.RequestAborted);
        var compared = await holdout.MakeAsync(
            project, question.Period, nowUs, context.RequestAborted);
        await context.AnswerAsync(json => Write(json, report, compared));
    }

    private static void Write(
        Utf8JsonWriter json, RevenueReport report, HoldoutReport compared)
    {
        json.WriteStartObject();
        json.WriteTime("from"u8, report.Question.Period.FromUs);
        json.WriteTime("to"u8, report.Question.Period.ToUs);
        json.WritePropertyName("total"u8);
        WriteRow(json, report.Total, report.Question);
        json.WriteNumber("agreed_without_order"u8, report.Agreed.Count);
        WriteRows(json, "weeks", report.Weeks, report.Question);
        WriteRows(json, "own_weeks", report.OwnWeeks, report.Question);
        WriteRows(json, "reasons", report.Reasons, report.Question);
        WriteRows(json, "channels", report.Channels, report.Question);
        WriteRows(json, "agents", report.Agents, report.Question);
        WriteRows(json, "credits", report.Credits, report.Question);
        json.WritePropertyName("holdout"u8);
        HoldoutApi.Write(json, compared);
        json.WriteEndObject();
    }

    private static void WriteRows(
        Utf8JsonWriter json, string name, IReadOnlyList<RevenueRow> rows,
        RevenueQuestion question)
    {
        json.WriteStartArray(name);
        foreach (var row in rows)
            WriteRow(json, row, question);
        json.WriteEndArray();
    }

    private static void WriteRow(
        Utf8JsonWriter json, RevenueRow row, RevenueQuestion question)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, row.Name.Length == 0 ? null : row.Name);
        json.WriteNumber("orders"u8, row.Orders.Count);
        json.WriteStartArray("money"u8);
        foreach (var sum in row.Sums)
            json.WriteMoney(sum);
        json.WriteEndArray();
        json.WriteString("query"u8, string.Join('&', question.ListOf(row.Orders).Select(one =>
            $"{one.Key}={UrlEncoder.Default.Encode(one.Value)}")));
        json.WriteEndObject();
    }
}
