using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sojourn.Server.Pages.Lists;
using Sojourn.Server.Paths;

namespace Sojourn.Server.Pages.Paths;

/// <summary>What the script draws a chart from, as JSON in an attribute of its place.</summary>
internal static class ChartData
{
    // The page escapes attributes by itself.
    private static readonly JsonWriterOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The flows.</summary>
    public static string Of(FlowGraph flow, PathsScreen screen, Language language) =>
        Written(json =>
        {
            var question = screen.Report!.Question; // Drawn only with a report.
            json.WriteString("kind"u8, "flow");
            json.WriteNumber("columns"u8, flow.Columns);
            json.WriteString("label"u8, language["From entry to outcome"]);
            json.WriteStartArray("nodes"u8);
            foreach (var node in flow.Nodes)
            {
                json.WriteStartObject();
                json.WriteString("id"u8, node.Id);
                json.WriteString(
                    "name"u8, EventWords.Visible(PathWords.NameOf(node, language)));
                json.WriteNumber("column"u8, node.Column);
                json.WriteString("end"u8, EndOf(node.Kind));
                Write(json, node.Sessions, question, screen, language);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("links"u8);
            foreach (var link in flow.Links)
            {
                json.WriteStartObject();
                json.WriteString("from"u8, link.From);
                json.WriteString("to"u8, link.To);
                Write(json, link.Sessions, question, screen, language);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });

    /// <summary>One number week by week.</summary>
    public static string Of(
        string title, WeekStory story, WeekSeries series, Func<double, string> text,
        PathsScreen screen, PageContext here) =>
        Written(json =>
        {
            var question = screen.Report!.Question; // Drawn only with a report.
            json.WriteString("kind"u8, "weeks");
            json.WriteString("label"u8, here.Language[title]);
            if (series.Band is { } band)
            {
                json.WriteNumber("low"u8, Math.Max(0, band.Low));
                json.WriteNumber("high"u8, band.High);
            }

            WriteTicks(json, series, text);
            json.WriteStartArray("weeks"u8);
            for (var place = 0; place < story.Weeks.Count; place++)
            {
                var week = story.Weeks[place];
                var day = Show.Day(Show.In(week.FromUs, here.Zone), here.Language);
                json.WriteStartObject();
                json.WriteString("day"u8, day[..day.LastIndexOf(' ')]);
                json.WriteBoolean("outside"u8, series.Outside[place]);
                if (series.Values[place] is { } value)
                {
                    json.WriteNumber("value"u8, value);
                    json.WriteString("text"u8, text(value));
                }

                Write(json, week.Sessions, question, screen, here.Language);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });

    private static void WriteTicks(
        Utf8JsonWriter json, WeekSeries series, Func<double, string> text)
    {
        json.WriteStartArray("ticks"u8);
        foreach (var tick in TicksFor(series))
        {
            json.WriteStartObject();
            json.WriteNumber("value"u8, tick);
            json.WriteString("text"u8, text(tick));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Zero, the greatest value there is, and its half.
    private static IEnumerable<double> TicksFor(WeekSeries series)
    {
        var greatest = Math.Max(series.Values.Max() ?? 0, series.Band?.High ?? 0);
        return greatest > 0 ? [0, greatest / 2, greatest] : [0];
    }

    private static string EndOf(FlowKind kind) => kind switch
    {
        FlowKind.Goal => "converted",
        FlowKind.Left or FlowKind.OtherGoals => "left",
        _ => "",
    };

    private static void Write(
        Utf8JsonWriter json, Figure figure, PathsQuestion question, PathsScreen screen,
        Language language)
    {
        json.WriteNumber("count"u8, figure.Count);
        json.WriteString("shown"u8, language.Format("{0} sessions", Show.Count(figure.Count)));
        json.WriteString("href"u8, screen.ListOf(question, figure));
    }

    /// <summary>An object, as text.</summary>
    public static string Written(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
