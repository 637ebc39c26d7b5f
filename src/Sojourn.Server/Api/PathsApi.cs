using System.Text.Encodings.Web;
using System.Text.Json;
using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Server.Paths;

namespace Sojourn.Server.Api;

/// <summary>GET /v1/paths: which ways lead to a conversion, and how engagement went.</summary>
internal static class PathsApi
{
    public static void MapPathsApi(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/paths", GetAsync).Needs(Policy.Read);

    /// <summary>
    /// The numbers, each with the question of the list that counts the same; 400 names the
    /// parameter at fault.
    /// </summary>
    internal static async Task GetAsync(
        HttpContext context, PathsReports reports, QueryParser parser, TimeProvider clock)
    {
        var project = context.Project();
        if (!PathsQuestion.TryRead(
                context.Parameters(), parser, project.Settings, clock.NowUs(),
                out var question, out var fault))
        {
            await Problem.Of(fault).WriteAsync(context);
            return;
        }

        var report = await reports.MakeAsync(project, question, context.RequestAborted);
        await context.AnswerAsync(json => Write(json, report));
    }

    private static void Write(Utf8JsonWriter json, PathsReport report)
    {
        var question = report.Question;
        json.WriteStartObject();
        WritePeriod(json, "period"u8, question.Period);
        WritePeriod(json, "before"u8, question.Period.Before);
        Write(json, "sessions"u8, report.Sessions, question);
        Write(json, "converted"u8, report.Converted, question);
        json.WriteStartArray("goals"u8);
        foreach (var (name, sessions) in report.Goals)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, name);
            Write(json, "sessions"u8, sessions, question);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteRates(json, "entries"u8, report.Entries, question);
        WriteRates(json, "channels"u8, report.Channels, question);
        WriteSequences(json, "converting"u8, report.Converting, question);
        WriteSequences(json, "leaving"u8, report.Leaving, question);
        WriteFlow(json, report.Flow, question);
        WriteWeeks(json, report.Weeks, question);
        json.WriteStartObject("as_of"u8);
        json.WriteNumber("sequence"u8, report.AsOf.Sequence);
        json.WriteTime("now"u8, report.AsOf.NowUs);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRates(
        Utf8JsonWriter json, ReadOnlySpan<byte> name, RateTable table, PathsQuestion question)
    {
        json.WriteStartArray(name);
        foreach (var row in table.Rows)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, row.Name);
            Write(json, "sessions"u8, row.Sessions, question);
            Write(json, "converted"u8, row.Converted, question);
            WriteShare(json, "rate"u8, row.Rate);
            Write(json, "sessions_before"u8, row.SessionsBefore, question);
            Write(json, "converted_before"u8, row.ConvertedBefore, question);
            WriteShare(json, "change"u8, row.Change);
            json.WriteBoolean("unusual"u8, row.IsUnusual);
            WriteNumber(json, "median_events"u8, row.Events);
            WriteLength(json, "median_duration_ms"u8, row.DurationUs);
            WriteLength(json, "median_converted_after_ms"u8, row.ConvertedAfterUs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSequences(
        Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<PathSequence> sequences,
        PathsQuestion question)
    {
        json.WriteStartArray(name);
        foreach (var one in sequences)
        {
            json.WriteStartObject();
            json.WriteStartArray("steps"u8);
            foreach (var step in one.Steps)
                json.WriteStringValue(step);
            json.WriteEndArray();
            json.WriteString("goal"u8, one.Goal.Length == 0 ? null : one.Goal);
            Write(json, "sessions"u8, one.Sessions, question);
            Write(json, "same_path"u8, one.SamePath, question);
            WriteShare(json, "rate"u8, one.Rate);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFlow(Utf8JsonWriter json, FlowGraph flow, PathsQuestion question)
    {
        json.WriteStartObject("flow"u8);
        json.WriteNumber("columns"u8, flow.Columns);
        json.WriteNumber("undrawn"u8, flow.Undrawn);
        json.WriteStartArray("nodes"u8);
        foreach (var node in flow.Nodes)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, node.Id);
            json.WriteNumber("column"u8, node.Column + 1);
            json.WriteString("kind"u8, TextOf(node.Kind));
            json.WriteString("name"u8, node.Kind is FlowKind.Step or FlowKind.Goal
                ? node.Name : null);
            Write(json, "sessions"u8, node.Sessions, question);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("links"u8);
        foreach (var link in flow.Links)
        {
            json.WriteStartObject();
            json.WriteString("from"u8, link.From);
            json.WriteString("to"u8, link.To);
            Write(json, "sessions"u8, link.Sessions, question);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string TextOf(FlowKind kind) => kind switch
    {
        FlowKind.NoStep => "no_step",
        FlowKind.OtherGoals => "other_goals",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private static void WriteWeeks(Utf8JsonWriter json, WeekStory story, PathsQuestion question)
    {
        json.WriteStartArray("weeks"u8);
        for (var place = 0; place < story.Weeks.Count; place++)
        {
            var week = story.Weeks[place];
            json.WriteStartObject();
            json.WriteTime("from"u8, week.FromUs);
            json.WriteTime("to"u8, week.ToUs);
            json.WriteBoolean("over"u8, week.IsOver);
            Write(json, "sessions"u8, week.Sessions, question);
            Write(json, "bounced"u8, week.Bounced, question);
            WriteLength(json, "median_duration_ms"u8, week.DurationUs);
            WriteNumber(json, "median_events"u8, week.Events);
            WriteShare(json, "bounce_share"u8, week.BounceShare);
            json.WriteStartArray("outside"u8);
            foreach (var (name, series) in SeriesOf(story))
            {
                if (series.Outside[place])
                    json.WriteStringValue(name);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("bands"u8);
        foreach (var (name, series) in SeriesOf(story))
            WriteBand(json, name, series.Band, name == "median_duration_ms" ? 1000 : 1);
        json.WriteEndObject();
    }

    private static IEnumerable<(string Name, WeekSeries Series)> SeriesOf(WeekStory story) =>
    [
        ("median_duration_ms", story.Duration), ("median_events", story.Events),
        ("bounce_share", story.Bounces),
    ];

    private static void WriteBand(
        Utf8JsonWriter json, string name, UsualBand? band, double unit)
    {
        if (band is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        WriteShare(json, "low"u8, band.Low / unit);
        WriteShare(json, "median"u8, band.Median / unit);
        WriteShare(json, "high"u8, band.High / unit);
        json.WriteEndObject();
    }

    private static void WritePeriod(
        Utf8JsonWriter json, ReadOnlySpan<byte> name, PathPeriod period)
    {
        json.WriteStartObject(name);
        json.WriteTime("from"u8, period.FromUs);
        json.WriteTime("to"u8, period.ToUs);
        json.WriteEndObject();
    }

    private static void Write(
        Utf8JsonWriter json, ReadOnlySpan<byte> name, Figure figure, PathsQuestion question)
    {
        json.WriteStartObject(name);
        json.WriteNumber("count"u8, figure.Count);
        json.WriteString("query"u8, string.Join('&', question.Full(figure.Filter).Select(one =>
            $"{one.Key}={UrlEncoder.Default.Encode(one.Value)}")));
        json.WriteEndObject();
    }

    private static void WriteShare(Utf8JsonWriter json, ReadOnlySpan<byte> name, double? share)
    {
        if (share is { } known)
            json.WriteNumber(name, Math.Round(known, 6));
        else
            json.WriteNull(name);
    }

    private static void WriteNumber(Utf8JsonWriter json, ReadOnlySpan<byte> name, long? number)
    {
        if (number is { } known)
            json.WriteNumber(name, known);
        else
            json.WriteNull(name);
    }

    private static void WriteLength(Utf8JsonWriter json, ReadOnlySpan<byte> name, long? us)
    {
        if (us is { } known)
            json.WriteMs(name, known);
        else
            json.WriteNull(name);
    }
}
