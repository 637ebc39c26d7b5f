using System.Text.Json.Nodes;
using Xunit;

namespace Sojourn.Tests.Server;

/// <summary>What was refused can be asked for, counted and exported.</summary>
[Trait("Invariant", "I11")]
public sealed class RefusalsApiTests
{
    private const string Mixed = """
        [{"id":"a","name":"page_view","person_id":"p"},
         {"id":"b","person_id":"p"},
         {"id":"c","name":"note_written","person_id":"p","colour":"red"}]
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refusal_tells_event_source_answer_and_what_became_of_the_others()
    {
        await using var server = await TestServer.StartAsync();
        server.Browser.DefaultRequestHeaders.Add("Origin", "https://shop.example");

        await server.PostAsync(server.Browser, "/v1/events", Mixed);

        var refusals = await server.GetAsync("/v1/refusals");
        var last = refusals["items"]![0]!;
        Assert.Equal(
            ("field_unknown", "c", "note_written", "colour"),
            (Text(last, "code"), Text(last, "id"), Text(last, "name"), Text(last, "field")));
        Assert.Equal(
            ("browser", "https://shop.example", 200, 3, 1),
            (Text(last, "source"), Text(last, "origin"), (int)last["status"]!,
                (int)last["events"]!, (int)last["stored"]!));
        Assert.Contains("\"colour\"", Text(last, "body"));
    }

    [Fact]
    public async Task The_counts_prove_how_much_was_refused()
    {
        await using var server = await TestServer.StartAsync();
        await server.PostAsync(server.Secret, "/v1/events", Mixed);
        await server.PostAsync(server.Secret, "/v1/events", Mixed);
        await server.PostAsync(server.Secret, "/v1/events", "[{");

        var refusals = await server.GetAsync("/v1/refusals");

        Assert.Equal(
            (1, 1, 5),
            ((int)refusals["accepted"]!, (int)refusals["duplicates"]!, (int)refusals["refused"]!));
        Assert.Equal(5, refusals["counts"]!.AsObject().Sum(one => (int)one.Value!));
        Assert.Equal("2026-03-02T10:00:00.000Z", Text(refusals, "since"));
    }

    [Theory]
    [InlineData("code=name_missing", 1)]
    [InlineData("code=name_missing&code=json_invalid", 2)]
    [InlineData("source=browser", 0)]
    [InlineData("source=server&q=NOTE_", 1)]
    [InlineData("q=nobody", 0)]
    public async Task Questions_are_answered_with_those_that_match(string question, int total)
    {
        await using var server = await TestServer.StartAsync();
        await server.PostAsync(server.Secret, "/v1/events", Mixed);
        await server.PostAsync(server.Secret, "/v1/events", "[{");

        var refusals = await server.GetAsync("/v1/refusals?" + question);

        Assert.Equal((total, 3), ((int)refusals["total"]!, (int)refusals["kept"]!));
        Assert.Equal(total, refusals["items"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("code=nonsense", "code")]
    [InlineData("source=nonsense", "source")]
    [InlineData("limit=0", "limit")]
    [InlineData("offset=-1", "offset")]
    [InlineData("colour=red", "colour")]
    [InlineData("format=xml", "format")]
    public async Task A_question_that_is_not_understood_is_refused(string question, string field)
    {
        await using var server = await TestServer.StartAsync();

        using var answer = await server.Secret.GetAsync("/v1/refusals?" + question, Cancel);

        var problem = await TestServer.BodyOfAsync(answer);
        Assert.Equal(
            (400, "query_invalid", field),
            ((int)answer.StatusCode, Text(problem, "code"), Text(problem, "field")));
    }

    [Fact]
    public async Task An_export_holds_all_that_match_and_no_formula()
    {
        await using var server = await TestServer.StartAsync();
        for (var i = 0; i < 120; i++)
        {
            await server.PostAsync(server.Secret, "/v1/events", $$"""
                [{"id":"e{{i}}","name":"=1+1","colour":"red"}]
                """);
        }

        var rows = (await ReadAsync(server, "csv")).Split("\r\n");
        var lines = (await ReadAsync(server, "ndjson")).Trim().Split('\n');

        Assert.Equal(1 + 120 + 1, rows.Length);
        Assert.StartsWith("at,code,title,hint,field,name,", rows[0]);
        Assert.All(rows[1..^1], row => Assert.Contains(",colour,'=1+1,", row));
        Assert.Equal(120, lines.Length);
        Assert.All(lines, line => Assert.Equal("=1+1", Text(JsonNode.Parse(line)!, "name")));
    }

    [Fact]
    public async Task A_body_of_another_type_is_listed_too()
    {
        await using var server = await TestServer.StartAsync();
        using var form = new FormUrlEncodedContent([new("a", "b")]);

        using var answer = await server.Secret.PostAsync("/v1/events", form, Cancel);

        var refusal = (await server.GetAsync("/v1/refusals"))["items"]![0]!;
        Assert.Equal(
            ("content_type_unknown", true, 415),
            (Text(refusal, "code"), (bool)refusal["whole_body"]!, (int)refusal["status"]!));
    }

    [Fact]
    public async Task An_id_that_was_used_before_is_listed_with_the_name_of_the_later_event()
    {
        await using var server = await TestServer.StartAsync();
        await server.PostAsync(server.Secret, "/v1/events", Mixed);

        await server.PostAsync(
            server.Secret, "/v1/events", """[{"id":"a","name":"other","person_id":"p"}]""");

        var refusal = (await server.GetAsync("/v1/refusals?code=id_conflict"))["items"]![0]!;
        Assert.Equal(("a", "other"), (Text(refusal, "id"), Text(refusal, "name")));
        Assert.Equal(422, (int)refusal["status"]!);
    }

    [Fact]
    public async Task A_name_behind_the_fault_is_found_and_masked()
    {
        await using var server = await TestServer.StartAsync();

        await server.PostAsync(server.Secret, "/v1/events", """
            [{"colour":"red","name":"mail to ada@example.com","id":"x1"}]
            """);

        var refusal = (await server.GetAsync("/v1/refusals"))["items"]![0]!;
        Assert.Equal(("x1", "mail to ***@***"), (Text(refusal, "id"), Text(refusal, "name")));
    }

    [Fact]
    public async Task A_message_of_Segments_is_listed_as_such_in_its_senders_words()
    {
        await using var server = await TestServer.StartAsync();

        await server.PostAsync(server.Nobody, "/v1/batch", $$"""
            {"writeKey":"{{server.WriteKey}}","batch":[
              {"type":"bought","event":"Order Paid","messageId":"m1","userId":"ada"},
              {"type":"track","event":"Seen","messageId":"m2","userId":"ada"}]}
            """);

        var refusal = (await server.GetAsync("/v1/refusals?source=segment"))["items"]![0]!;
        Assert.Equal(
            ("message_type_unknown", "m1", "Order Paid", "type"),
            (Text(refusal, "code"), Text(refusal, "id"), Text(refusal, "name"),
                Text(refusal, "field")));
        Assert.Equal(
            (200, 2, 1),
            ((int)refusal["status"]!, (int)refusal["events"]!, (int)refusal["stored"]!));
    }

    private static string? Text(JsonNode node, string name) => (string?)node[name];

    private static async Task<string> ReadAsync(TestServer server, string format)
    {
        using var answer = await server.Secret.GetAsync(
            $"/v1/refusals?limit=10&format={format}", Cancel);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }
}
