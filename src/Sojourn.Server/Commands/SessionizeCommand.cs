using System.CommandLine;
using System.Globalization;
using System.Text;
using Sojourn.Events;
using Sojourn.Events.Classification;
using Sojourn.Ingest;
using Sojourn.Ingest.Files;
using Sojourn.Kinds.Visits;
using Sojourn.Queries;
using Sojourn.Server.Api;
using Sojourn.Server.Commands.Importing;
using Sojourn.Server.Commands.Sessionizing;
using Sojourn.Sessions;

namespace Sojourn.Server.Commands;

/// <summary>
/// <c>sojourn sessionize</c>: events in, sessions out, without a store. The same file gives the
/// same result whenever and wherever it runs: sessions are judged as of the file's last event.
/// </summary>
internal static class SessionizeCommand
{
    private static readonly string[] Columns =
    [
        "session_id", "person_id", "start", "end", "duration_ms", "events", "entry", "exit",
        "points", "start_reason", "end_reason",
    ];

    // Later than any event, so that no event's time is doubted: there is no clock here.
    private static readonly long ReceivedUs = Micros.From(DateTimeOffset.MaxValue);

    public static Command Create()
    {
        var timeout = new Option<string>("--timeout")
        {
            Description = "Silence that ends a session, 1m to 24h.",
            DefaultValueFactory = _ => DurationText.Of(ProjectSettings.Default.Timeout),
        };
        var suppressed = new Option<string>("--suppressed")
        {
            Description = "all counts every event; hide leaves crawlers and other machines out.",
            DefaultValueFactory = _ => "all",
        };
        var file = new Option<string>("--out") { Description = "A file; else standard output." };
        var command = new Command("sessionize", "Events in, sessions out (CSV), without a store.")
        {
            timeout, suppressed, file,
        };
        var sourceOf = EventSource.AddOptions(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var settings = ProjectSettings.Default with
            {
                Timeout = Micros.ToLength(
                    ProjectCommand.TimeoutOf(parsed.GetRequiredValue(timeout))),
            };
            return await RunAsync(
                sourceOf(parsed),
                settings,
                ViewOf(parsed.GetRequiredValue(suppressed)),
                parsed.GetValue(file),
                cancel);
        });
        return command;
    }

    private static View ViewOf(string suppressed) => suppressed switch
    {
        "all" => new View(EachAlone.Nothing, session => session.RawEvents),
        "hide" => new View(SuppressionRules.Default, session => session.Events),
        _ => throw CommandFailure.Usage(
            $"There is no view {suppressed}. Use --suppressed all or hide."),
    };

    private static async Task<int> RunAsync(
        EventSource source,
        ProjectSettings settings,
        View view,
        string? file,
        CancellationToken cancel)
    {
        await using var stream = source.Open(out _);
        using var pile = new EventPile();
        using var rejected = new RejectedLines(source.Path);
        var read = Gather(
            source.Read(stream, new Admission(Trust.Verified, ReceivedUs)),
            pile, rejected, cancel);
        if (read > 0 && rejected.Count == read)
        {
            throw new CommandFailure(ExitCodes.Failed,
                $"None of {read} lines is an event. Compare them with --format and --map.");
        }

        var rows = new SortedRows(pile.Folder);
        foreach (var events in pile.TakeParts())
        {
            cancel.ThrowIfCancellationRequested();
            rows.Add(Fold(events, settings, view, pile.LastUs));
        }

        await using var to = file is null ? Console.OpenStandardOutput() : File.Create(file);
        Write(rows, to);
        return ExitCodes.Ok;
    }

    private static long Gather(
        IEnumerable<FileLine> lines, EventPile pile, RejectedLines rejected,
        CancellationToken cancel)
    {
        var read = 0L;
        foreach (var line in lines)
        {
            read++;
            if (line.Event is { } e)
                pile.Add(e);
            else
                rejected.Add(line.Number, line.Refusal!.Code, line.Refusal.Field, line.Text ?? "");
            if (read % Limits.GroupEventsMax == 0)
                cancel.ThrowIfCancellationRequested();
        }

        return read;
    }

    private static List<SessionRow> Fold(
        IReadOnlyList<Event> events,
        ProjectSettings settings,
        View view,
        long nowUs) =>
    [
        .. from session in Sessionizer.All(
               [VisitLenses.Leads.Kind], settings, view.Suppression, events, [])
           where session.SuppressedBy is null
           let cells = CellsOf(session, view, nowUs)
           select new SessionRow(session.PersonId, session.StartedUs, cells),
    ];

    private static string[] CellsOf(Session session, View view, long nowUs) =>
    [
        session.Id.ToString(),
        session.PersonId,
        Micros.ToText(session.StartedUs),
        Micros.ToText(session.EndedUs),
        SessionExport.MsOf(session.DurationUs),
        view.EventsOf(session).ToString(CultureInfo.InvariantCulture),
        session.Entry,
        session.Exit,
        Convert.ToString(
            SessionJson.ValueOf(VisitLenses.Leads, session, VisitKind.Points),
            CultureInfo.InvariantCulture) ?? "",
        session.StartReason.ToText(),
        session.Lifecycle.EndReasonAt(nowUs).ToText(),
    ];

    private static void Write(SortedRows rows, Stream to)
    {
        using var text = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true);
        Csv.WriteRow(text, Columns);
        foreach (var row in rows.ReadAll())
            Csv.WriteRow(text, row.Cells);
    }

    /// <summary>What counts.</summary>
    /// <param name="Suppression">Which events do not count.</param>
    /// <param name="EventsOf">The number in column <c>events</c>.</param>
    private sealed record View(ISuppression Suppression, Func<Session, int> EventsOf);
}
