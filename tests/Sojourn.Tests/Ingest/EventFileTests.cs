using System.Text;
using Sojourn.Ingest;
using Sojourn.Ingest.Files;
using Xunit;

namespace Sojourn.Tests.Ingest;

public sealed class EventFileTests
{
    private const string Good = "ada,2026-03-01T10:00:00Z,page_view";

    [Theory]
    [InlineData("time,name\n", "no column for person_id; add --map person_id=COLUMN")]
    [InlineData("person_id,name\n", "no column for time; add --map time=COLUMN")]
    [InlineData("person_id,time\n", "no column for name; add --map name=COLUMN")]
    [InlineData("person_id,time,name,x,x\n", "the column x twice")]
    [InlineData("", "no header")]
    public void A_header_that_will_not_do_is_refused_with_the_next_step(
        string text, string message)
    {
        var refusal = Refused(text, map: null);

        Assert.Equal("header_invalid", refusal.Code);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_to_a_column_that_is_not_there_names_those_that_are() =>
        Assert.Equal(
            "The header has no column who for --map person_id=who. It has a, b.",
            Refused("a,b\n", "person_id=who").Message);

    [Theory]
    [InlineData("person_id", "no FIELD=COLUMN")]
    [InlineData("colour=x", "no field colour")]
    [InlineData("name=a,name=b", "the field name twice")]
    public void A_map_that_will_not_do_is_refused(string text, string message)
    {
        Assert.False(ColumnMap.TryParse(text, out _, out var refusal));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_column_finds_its_place()
    {
        const string Columns = "message_id,person_id,time,name,anonymous_id,user_id,ip,"
            + "user_agent,url,referrer,country,value,currency,points,row,plan";
        const string Cells = "m1,ada,2026-03-01T10:00:00+01:00,buy,dev,u7,192.0.2.1,"
            + "UA,https://x.test/?token=secret,https://y.test/,dz,49.90,EUR,x5,3,"
            + "\"pro, \"\"big\"\"\"";
        var e = Assert.Single(Csv($"{Columns}\n{Cells}")).Event!;

        Assert.Equal(("m1", "ada", "dev", 3L), (e.Id, e.UserId, e.AnonymousId, e.Seq));
        Assert.Equal(Micros("2026-03-01T09:00:00Z"), e.TimeUs);
        Assert.Equal(
            ("192.0.2.1", "UA", "https://x.test/?token=***", "https://y.test/", "DZ"),
            (e.Context.Ip, e.Context.UserAgent, e.Context.Url, e.Context.Referrer,
                e.Context.Country));
        Assert.Equal(
            """
            {"currency":"EUR","plan":"pro, \"big\"","points":"x5","user_id":"u7","value":49.90}
            """,
            e.Properties.ToString());
    }

    [Theory]
    [InlineData("ada,yesterday,page_view", "time_invalid")]
    [InlineData("ada,1431857103,page_view", "time_invalid")]
    [InlineData("ada,,page_view", "time_invalid")]
    [InlineData(",2026-03-01T10:00:00Z,page_view", "person_missing")]
    [InlineData("ada,2026-03-01T10:00:00Z,", "name_missing")]
    [InlineData("ada,2026-03-01T10:00:00Z", "line_invalid")]
    [InlineData("ada,2026-03-01T10:00:00Z,a,b", "line_invalid")]
    [InlineData("a\0da,2026-03-01T10:00:00Z,page_view", "bad_text")]
    public void A_bad_row_is_refused_with_its_line_and_the_others_are_read(
        string row, string code)
    {
        var lines = Csv($"person_id,time,name\n{Good}\n{row}\n{Good}\n");

        Assert.Equal([2L, 3L, 4L], lines.Select(line => line.Number));
        Assert.Equal([true, false, true], lines.Select(line => line.Event is not null));
        Assert.Equal((3, code), (lines[1].Refusal!.Index, lines[1].Refusal!.Code));
        Assert.Equal(row, lines[1].Text);
    }

    [Fact]
    public void Bytes_that_are_no_utf8_refuse_their_row_only()
    {
        var bytes = Encoding.Latin1.GetBytes($"person_id,time,name\n{Good}é\n{Good}\n");

        var lines = RealData.Lines(new MemoryStream(bytes), FileFormat.Csv);

        Assert.Equal(["bad_text", null], lines.Select(line => line.Refusal?.Code));
    }

    [Fact]
    public void A_quote_that_is_never_closed_does_not_end_the_program()
    {
        var rest = string.Concat(Enumerable.Repeat(Good + "\n", 50_000));

        var lines = Csv($"person_id,time,name\n{Good}\n\"{Good}\n{rest}");

        Assert.Equal([null, "line_too_long"], lines.Select(line => line.Refusal?.Code));
    }

    [Fact]
    public void Equal_lines_are_different_events_and_the_same_ones_when_read_again()
    {
        var text = $"person_id,time,name\n{Good}\n{Good}\nbob,2026-03-01T10:00:00Z,a\n";

        var ids = Csv(text).Select(line => line.Event!.Id).ToArray();

        Assert.Equal(3, ids.Distinct().Count());
        Assert.Equal(ids, Csv(text).Select(line => line.Event!.Id));
        Assert.StartsWith(ids[0][..^1], ids[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Many_different_lines_have_different_ids()
    {
        var ids = new LineIds();

        var made = Enumerable.Range(0, 100_000)
            .Select(i => ids.Next(Encoding.UTF8.GetBytes($"line {i % 60_000}"))).ToHashSet();

        Assert.Equal(100_000, made.Count);
        Assert.Equal(40_000, made.Count(id => id.EndsWith("-2", StringComparison.Ordinal)));
    }

    [Fact]
    public void Json_lines_are_read_as_the_server_reads_events()
    {
        const string Line =
            """{"name":"a","person_id":"ada","time":"2026-03-01T10:00:00Z"}""";
        var text = $"\uFEFF{Line}\n\n{Line}\r\n[]\nnot json\n{Line} x\n{{\"name\":\"a\"}}\n"
            + """{"id":"e1","name":"a","person_id":"ada"}""";

        var lines = RealData.Lines(
            new MemoryStream(Encoding.UTF8.GetBytes(text)), FileFormat.Ndjson);

        Assert.Equal([1L, 3, 4, 5, 6, 7, 8], lines.Select(line => line.Number));
        Assert.Equal(
            [null, null, "json_not_object", "json_invalid", "json_invalid", "person_missing",
                "time_invalid"],
            lines.Select(line => line.Refusal?.Code));
        Assert.EndsWith("-1", lines[0].Event!.Id, StringComparison.Ordinal);
        Assert.Equal(lines[0].Event!.Id[..^1] + "2", lines[1].Event!.Id);
        Assert.Equal("e1", lines[6].Refusal!.Id);
    }

    [Fact]
    public void A_line_that_is_too_long_is_refused_and_the_next_is_read()
    {
        var text = new string('x', 3 * Limits.LineBytesMax) + "\n"
            + """{"id":"e1","name":"a","person_id":"ada","time":"2026-03-01T10:00:00Z"}""";

        var lines = RealData.Lines(
            new MemoryStream(Encoding.UTF8.GetBytes(text)), FileFormat.Ndjson);

        Assert.Equal(["line_too_long", null], lines.Select(line => line.Refusal?.Code));
        Assert.Equal((2L, text.Length), (lines[1].Number, lines[1].EndOffset));
    }

    [Theory]
    [InlineData("\"GET /a HTTP/1.1\" 200 5 \"-\" \"UA", "/a")]
    [InlineData("\"GET /a HTTP/1.1\" 200 5 \"https://x.test/cut sho", "/a")]
    [InlineData("\"GET /a HTTP/1.1\" 200 -", "/a")]
    [InlineData("\"-\" 408 - \"-\" \"-\" ", "-")]
    [InlineData("\"\\x16\\x03\" 400 5 \"-\" \"-\"", "\\x16\\x03")]
    [InlineData("\"GET /\\\"q HTTP/1.1\" 200 5 \"-\" \"a \\\"b\\\"\"", "/\"q")]
    [InlineData("\"GET /?token=x HTTP/1.1\" 200 5", "/?token=***")]
    public void Log_lines_are_read_also_when_odd(string rest, string path)
    {
        var read = Assert.Single(Apache($"h - bob [01/Mar/2026:10:00:00 +0100] {rest}"));

        Assert.Null(read.Refusal);
        Assert.Equal(path, read.Event!.Properties.Text("path"));
        Assert.Equal(Micros("2026-03-01T09:00:00Z"), read.Event.TimeUs);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("h - - [01/Mar/2026:10:00:00] \"GET /a HTTP/1.1\" 200 5 \"-\" \"UA\"")]
    [InlineData("h - - [32/Mar/2026:10:00:00 +0100] \"GET /a HTTP/1.1\" 200 5 \"-\" \"UA\"")]
    [InlineData("h - - [01/Mar/2026:10:00:00 +0100] GET /a 200 5")]
    [InlineData("h - - [01/Mar/2026:10:00:00 +0100] \"GET /a HTTP/1.1\" two 5")]
    [InlineData("h - - [01/Mar/2026:10:00:00 +0100] \"GET /a HTTP/1.1\" 200 five")]
    public void Log_lines_of_another_format_are_refused(string line) =>
        Assert.Equal("line_invalid", Assert.Single(Apache(line)).Refusal!.Code);

    [Theory]
    [InlineData(null, "x.csv", FileFormat.Csv)]
    [InlineData(null, "x.jsonl", FileFormat.Ndjson)]
    [InlineData("", "access.log", FileFormat.Apache)]
    [InlineData("CSV", "-", FileFormat.Csv)]
    public void The_format_is_told_by_name_or_ending(string? name, string path, FileFormat format)
    {
        Assert.True(EventFile.TryFormat(name, path, out var found, out _));
        Assert.Equal(format, found);
    }

    [Theory]
    [InlineData("xml", "x.csv", "There is no format xml")]
    [InlineData(null, "-", "Add --format")]
    [InlineData(null, "notes", "Add --format")]
    public void An_unknown_format_is_refused_with_the_next_step(
        string? name, string path, string message)
    {
        Assert.False(EventFile.TryFormat(name, path, out _, out var refusal));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_refused_with_its_name()
    {
        var missing = Path.Combine(Path.GetTempPath(), "sojourn-no-such-file.csv");

        Assert.False(EventFile.TryOpen(missing, out _, out var refusal));
        Assert.Contains(missing, refusal.Message, StringComparison.Ordinal);
        Assert.False(EventFile.TryOpen(Path.GetTempPath(), out _, out refusal));
        Assert.Equal("file_unreadable", refusal.Code);
    }

    private static IReadOnlyList<FileLine> Csv(string text) =>
        RealData.Lines(new MemoryStream(Encoding.UTF8.GetBytes(text)), FileFormat.Csv);

    private static IReadOnlyList<FileLine> Apache(string text) =>
        RealData.Lines(new MemoryStream(Encoding.UTF8.GetBytes(text)), FileFormat.Apache);

    private static FileRefusal Refused(string text, string? map)
    {
        Assert.True(ColumnMap.TryParse(map, out var columns, out _));
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        Assert.False(EventFile.TryRead(
            stream, FileFormat.Csv, columns, RealData.Import, out _, out var refusal));
        return refusal;
    }

    private static long Micros(string time) => Sojourn.Events.Micros.From(
        DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture));
}
