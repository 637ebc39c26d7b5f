using System.Text;
using Sojourn.Events.Classification;
using Sojourn.Ingest.Files;
using Xunit;

namespace Sojourn.Tests.Ingest;

public sealed class RealFileTests
{
    [Fact]
    public void Every_line_of_the_web_server_log_is_read()
    {
        var lines = RealData.Lines("apache-log/apache_logs.log", FileFormat.Apache);

        Assert.Equal(10_000, lines.Count);
        Assert.All(lines, line => Assert.Null(line.Refusal));
        var events = lines.Select(line => line.Event!).ToArray();
        Assert.Equal(1_753, events.Select(e => e.UserId).Distinct().Count());
        Assert.Equal(10_000, events.Select(e => e.Id).Distinct().Count());
        Assert.Equal(1_431_857_100_000_000, events.Min(e => e.TimeUs));
        Assert.Equal(1_432_155_959_000_000, events.Max(e => e.TimeUs));
        Assert.Equal(9_126, events.Count(e => e.Properties.Number("status") == 200));
        Assert.All(events, e => Assert.Equal("page_view", e.Name));
    }

    [Fact]
    public void A_line_of_the_web_server_log_says_all_it_has()
    {
        var e = RealData.Lines("apache-log/apache_logs.log", FileFormat.Apache)[0].Event!;

        Assert.Equal("83.149.9.216", e.UserId);
        Assert.Equal("83.149.9.216", e.Context.Ip);
        Assert.Equal(1_431_857_103_000_000, e.TimeUs);
        Assert.Equal(
            """{"bytes":203023,"method":"GET","path":"/presentations/logstash-monitorama-2013"""
            + """/images/kibana-search.png","status":200}""",
            e.Properties.ToString());
        Assert.Equal(
            "http://semicomplete.com/presentations/logstash-monitorama-2013/",
            e.Context.Referrer);
        Assert.StartsWith("Mozilla/5.0 (Macintosh", e.Context.UserAgent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_shipped_crawler_list_finds_the_machines_of_the_web_server_log()
    {
        var events = RealData.Lines("apache-log/apache_logs.log", FileFormat.Apache)
            .Select(line => line.Event!).ToArray();

        var machines = events.Where(e => SuppressionRules.Default.RuleFor(e) == "crawler")
            .ToArray();

        Assert.Equal(1_956, machines.Length);
        Assert.Equal(75, machines.Select(e => e.Context.UserAgent).Distinct().Count());
    }

    [Fact]
    public void A_file_gives_the_same_events_in_any_order_of_its_lines()
    {
        using var stream = RealData.Open("apache-log/apache_logs.log");
        using var text = new StreamReader(stream);
        var rows = text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        new Random(7).Shuffle(rows);
        using var shuffled = new MemoryStream(Encoding.UTF8.GetBytes(string.Join("\r\n", rows)));

        var before = RealData.Lines("apache-log/apache_logs.log", FileFormat.Apache);
        var after = RealData.Lines(shuffled, FileFormat.Apache);

        Assert.Equal(
            before.Select(line => line.Event!).OrderBy(e => e.Id),
            after.Select(line => line.Event!).OrderBy(e => e.Id));
    }

    [Fact]
    public void The_shop_file_is_read_with_its_aliases()
    {
        var lines = RealData.Lines("otto-mini/events.csv", FileFormat.Csv);

        Assert.Equal(862, lines.Count);
        Assert.All(lines, line => Assert.Null(line.Refusal));
        Assert.Equal(20, lines.Select(line => line.Event!.UserId).Distinct().Count());
        var first = lines[0].Event!;
        Assert.Equal(
            ("0", "clicks:1517085", 1_659_304_800_025_000L, 1L, "{}"),
            (first.UserId, first.Name, first.TimeUs, first.Seq, first.Properties.ToString()));
    }

    [Fact]
    public void The_collector_file_is_read_with_mapped_columns()
    {
        var lines = RealData.Lines(
            "snowplow-case/case_events.csv", FileFormat.Csv,
            "person_id=client_session_id,name=event_name");

        Assert.Equal(69, lines.Count);
        Assert.All(lines, line => Assert.Null(line.Refusal));
        Assert.Equal(66, lines.Select(line => line.Event!.Id).Distinct().Count());
        Assert.Equal(12, lines.Select(line => line.Event!.UserId).Distinct().Count());
        var first = lines[0].Event!;
        Assert.Equal("9e983d4a-e07c-4858-8e97-bdb7feb31241", first.Id);
        Assert.Equal("link_click", first.Name);
        Assert.StartsWith("5d27ff97", first.Properties.Text("user_id"), StringComparison.Ordinal);
        Assert.Equal("/", first.Properties.Text("page_urlpath"));
    }

    [Theory]
    [InlineData("apache-log/apache_logs.log", FileFormat.Apache)]
    [InlineData("apache-log/events_by_ip.csv", FileFormat.Csv)]
    public void The_last_line_ends_where_the_file_ends(string name, FileFormat format)
    {
        using var stream = RealData.Open(name);

        Assert.InRange(
            RealData.Lines(name, format)[^1].EndOffset, stream.Length - 2, stream.Length);
    }
}
