using System.Text.Json.Nodes;
using Xunit;

namespace Sojourn.Tests.Server;

public sealed class StreamApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_row_and_the_new_total_are_told()
    {
        await using var server = await TestServer.StartAsync();
        using var stream = await EventReader.OpenAsync(server, "lens=leads");
        var before = await stream.NextAsync("total");

        await server.TellAsync(Some.Event(user: "ada"));
        var row = await stream.NextAsync("session");
        var after = await stream.NextAsync("total");

        Assert.Equal((0, 1), ((int)before.Data["total"]!, (int)after.Data["total"]!));
        Assert.Equal("ada", (string?)row.Data["person"]!["id"]);
    }

    [Fact]
    public async Task Rows_of_other_lists_are_not_told()
    {
        await using var server = await TestServer.StartAsync();
        using var stream = await EventReader.OpenAsync(server, "lens=leads&entry=wanted");
        await stream.NextAsync("total");

        await server.TellAsync(Some.Event("other", user: "bob"));
        await server.TellAsync(Some.Event("wanted", user: "ada"));

        Assert.Equal("ada", (string?)(await stream.NextAsync("session")).Data["person"]!["id"]);
    }

    [Fact]
    public async Task A_row_that_leaves_the_list_is_told()
    {
        await using var server = await TestServer.StartAsync();
        await server.TellAsync(Some.Event("wanted", 1, user: "ada"));
        var id = (string?)(await server.GetAsync("/v1/sessions"))["items"]![0]!["id"];
        using var stream = await EventReader.OpenAsync(server, "lens=leads&exit=wanted");
        await stream.NextAsync("total");

        await server.TellAsync(Some.Event("other", 2, user: "ada"));

        Assert.Equal(id, (string?)(await stream.NextAsync("removed")).Data["id"]);
    }

    [Fact]
    public async Task A_reader_that_was_away_goes_on_where_it_was()
    {
        await using var server = await TestServer.StartAsync();
        string seen;
        using (var stream = await EventReader.OpenAsync(server, "lens=leads"))
        {
            await stream.NextAsync("total");
            await server.TellAsync(Some.Event(user: "ada"));
            seen = (await stream.NextAsync("session")).Id;
        }

        await server.TellAsync(Some.Event(user: "bob"));
        using var again = await EventReader.OpenAsync(server, "lens=leads", seen);

        Assert.Equal("bob", (string?)(await again.NextAsync("session")).Data["person"]!["id"]);
    }

    [Fact]
    public async Task A_reader_that_was_away_too_long_is_told_to_load_anew()
    {
        await using var server = await TestServer.StartAsync();
        await server.TellAsync(Some.Event(user: "ada"));
        await server.TellAsync(Some.Event(user: "bob"));

        using var stream = await EventReader.OpenAsync(server, "lens=leads", "0");

        await stream.NextAsync("reset");
    }

    [Fact]
    public async Task A_question_nobody_understands_opens_no_stream()
    {
        await using var server = await TestServer.StartAsync();

        using var answer = await server.Secret.GetAsync("/v1/sessions/stream?colour=red", Cancel);

        Assert.Equal(400, (int)answer.StatusCode);
    }

    private sealed record Told(string Name, string Id, JsonNode Data);

    private sealed class EventReader(HttpResponseMessage answer, StreamReader lines) : IDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

        public static async Task<EventReader> OpenAsync(
            TestServer server, string query, string? lastEventId = null)
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Get, "/v1/sessions/stream?" + query);
            if (lastEventId is not null)
                request.Headers.Add("Last-Event-ID", lastEventId);
            var answer = await server.Secret.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, Cancel);
            Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
            return new EventReader(
                answer, new StreamReader(await answer.Content.ReadAsStreamAsync(Cancel)));
        }

        /// <summary>The next event of a name; others are passed over.</summary>
        public async Task<Told> NextAsync(string name)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            patience.CancelAfter(Patience);
            while (true)
            {
                var told = await ReadAsync(patience.Token);
                if (told.Name == name)
                    return told;
            }
        }

        public void Dispose()
        {
            lines.Dispose();
            answer.Dispose();
        }

        private async Task<Told> ReadAsync(CancellationToken patience)
        {
            var told = new Told("", "", new JsonObject());
            while (await lines.ReadLineAsync(patience) is { } line)
            {
                var parts = line.Split(": ", 2);
                told = parts[0] switch
                {
                    "event" => told with { Name = parts[1] },
                    "id" => told with { Id = parts[1] },
                    "data" => told with { Data = JsonNode.Parse(parts[1])! },
                    _ => told,
                };
                if (line.Length == 0 && told.Name.Length > 0)
                    return told;
            }

            throw new InvalidOperationException("The stream ended.");
        }
    }
}
