using System.Text;
using System.Text.Json.Nodes;
using Sojourn.Server.Outreach;
using Xunit;

namespace Sojourn.Tests.Server.Outreach;

/// <summary>Outreach over HTTP: settings, templates, the list of addresses, messages.</summary>
public sealed class OutreachApiTests
{
    private const string Rules = "/v1/outreach/rules";
    private const string Templates = "/v1/outreach/templates";
    private const string Suppressed = "/v1/outreach/suppressed";
    private const string Outbox = "/v1/outreach/outbox";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Settings_are_saved_over_the_version_that_was_seen()
    {
        await using var server = await TestServer.StartAsync();
        var before = await server.GetAsync(Rules);

        var (saved, after) = await PutAsync(server, Rules, Settings("30m"));
        var (late, refusal) = await PutAsync(server, Rules, Settings("1h"));

        Assert.Equal((0, false), ((int)before["version"]!, (bool)before["sends"]!));
        Assert.Equal((200, 1), (saved, (int)after["version"]!));
        Assert.Equal((409, "outreach_stale", 1),
            (late, (string)refusal["code"]!, (int)refusal["version"]!));
        Assert.Equal("30m",
            (string)(await server.GetAsync(Rules))["settings"]!["rules"]![0]!["after"]!);
    }

    [Theory]
    [InlineData("soon", "email-en", "settings.rules[0].after")]
    [InlineData("30m", "nothing", "settings.rules")]
    [InlineData("30m", "sms-en", "settings.rules")]
    public async Task Settings_with_a_fault_are_refused_with_its_place(
        string after, string template, string field)
    {
        await using var server = await TestServer.StartAsync();

        var (status, refusal) = await PutAsync(server, Rules, Settings(after, template));

        Assert.Equal((422, "outreach_invalid", field),
            (status, (string)refusal["code"]!, (string)refusal["field"]!));
        Assert.Equal(0, (int)(await server.GetAsync(Rules))["version"]!);
    }

    [Theory]
    [InlineData(Rules, """{"version":0,"settings":{},"more":1}""")]
    [InlineData(Rules, """{"settings":{}}""")]
    [InlineData(Rules, "[]")]
    [InlineData(Templates + "/a", """{"version":0,"name":"A"}""")]
    [InlineData(Suppressed, """{"address":null}""")]
    [InlineData(Suppressed, """{"address":"a@b.example","address":"c@b.example"}""")]
    public async Task A_body_with_less_or_more_than_it_should_have_is_refused(
        string path, string body)
    {
        await using var server = await TestServer.StartAsync();

        var (status, refusal) = await PutAsync(server, path, body);

        Assert.Equal((400, "outreach_unreadable"), (status, (string)refusal["code"]!));
    }

    [Fact]
    public async Task A_template_is_made_changed_and_deleted()
    {
        await using var server = await TestServer.StartAsync();
        var (made, first) = await PutAsync(server, Templates + "/mine", Text(0, "Hello"));
        var (late, stale) = await PutAsync(server, Templates + "/mine", Text(0, "Hello again"));
        var (changed, second) = await PutAsync(server, Templates + "/mine", Text(1, "Hello again"));
        var all = (await server.GetAsync(Templates))["items"]!.AsArray();

        var deleted = await DeleteAsync(server, Templates + "/mine");
        var gone = await DeleteAsync(server, Templates + "/mine");

        Assert.Equal((200, 200, 409), (made, changed, late));
        Assert.Equal((1, 2, 1), ((int)first["version"]!, (int)second["version"]!,
            (int)stale["version"]!));
        Assert.Equal(StarterTemplates.All.Count + 1, all.Count);
        Assert.Equal((204, 404), (deleted, gone));
    }

    [Fact]
    public async Task A_template_with_an_unknown_variable_is_refused()
    {
        await using var server = await TestServer.StartAsync();

        var (status, refusal) = await PutAsync(
            server, Templates + "/mine", Text(0, "{{password}}"));

        Assert.Equal((422, "template_invalid", "body"),
            (status, (string)refusal["code"]!, (string)refusal["field"]!));
    }

    [Fact]
    public async Task A_preview_has_the_values_of_the_newest_checkout_that_was_left()
    {
        await using var world = await OutreachWorld.StartAsync();
        await world.LeaveAsync(product: "Hat", checkout: "old");
        await world.LeaveAsync(product: "Shoes", checkout: "new", minute: 2, user: "b");
        await world.LeaveAsync(product: "Bag", checkout: "open", minute: 70, user: "c");
        world.Server.Clock.Advance(TimeSpan.FromMinutes(71));

        var (status, preview) = await world.Server.PostAsync(
            world.Server.Secret, Templates + "/email-en/preview",
            """{"subject":"{{shop}}","body":"{{first_name}}: {{product}} {{code}}"}""");

        Assert.Equal(200, status);
        Assert.Equal(("Nour", "Amina: Shoes"),
            ((string)preview["subject"]!, (string)preview["body"]!));
        Assert.Equal(["code"], preview["missing"]!.AsArray().Select(one => (string)one!));
    }

    [Fact]
    public async Task A_preview_without_a_checkout_shows_the_words_that_stand_in()
    {
        await using var server = await TestServer.StartAsync();

        var (_, preview) = await server.PostAsync(
            server.Secret, Templates + "/sms-en/preview",
            """{"body":"{{product|your order}} at {{shop}}"}""");

        Assert.Equal("your order at shop", (string)preview["body"]!);
        Assert.Null(preview["session"]);
    }

    [Fact]
    public async Task An_address_is_put_on_the_list_and_taken_off()
    {
        await using var server = await TestServer.StartAsync();
        var (put, entry) = await PutAsync(
            server, Suppressed, """{"address":" Amina@Home.example "}""");
        var (again, same) = await PutAsync(
            server, Suppressed, """{"address":"amina@home.example"}""");
        var (wrong, refusal) = await PutAsync(server, Suppressed, """{"address":"a, b@c.d"}""");
        var list = (await server.GetAsync(Suppressed))["items"]!.AsArray();

        var off = await DeleteAsync(server, $"{Suppressed}/{(string)entry["key"]!}");
        var gone = await DeleteAsync(server, $"{Suppressed}/{(string)entry["key"]!}");

        Assert.Equal((200, 200, 422), (put, again, wrong));
        Assert.Equal("address_invalid", (string)refusal["code"]!);
        Assert.Equal((string)entry["key"]!, (string)same["key"]!);
        Assert.Equal("a•••@home.example", (string)Assert.Single(list)!["address"]!);
        Assert.Equal((204, 404), (off, gone));
    }

    [Fact]
    public async Task Messages_are_listed_with_what_became_of_them()
    {
        await using var world = await OutreachWorld.StartAsync();
        await world.LeaveAsync();
        await world.PassAsync(41);

        var all = await world.Server.GetAsync(Outbox);
        var first = await world.Server.GetAsync(Outbox + "?limit=1");
        var rest = await world.Server.GetAsync(
            $"{Outbox}?limit=1&before={(string)first["next"]!}");
        var sent = await world.Server.GetAsync(Outbox + "?state=sent");

        Assert.Equal(2, all["items"]!.AsArray().Count);
        Assert.Null(all["next"]);
        Assert.NotEqual(
            (string)first["items"]![0]!["id"]!, (string)rest["items"]![0]!["id"]!);
        var item = Assert.Single(sent["items"]!.AsArray())!;
        Assert.Equal(("left", 1, 1),
            ((string)item["rule"]!, (int)item["step"]!, (int)item["tries"]!));
        Assert.Equal(2, all["counts"]!.AsArray().Sum(one => (int)one!["count"]!));
    }

    [Theory]
    [InlineData("state=gone")]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("before='")]
    [InlineData("colour=red")]
    public async Task A_question_that_is_none_is_refused(string question)
    {
        await using var server = await TestServer.StartAsync();

        using var answer = await server.Secret.GetAsync($"{Outbox}?{question}", Cancel);

        Assert.Equal((400, "query_invalid"),
            ((int)answer.StatusCode, (string)(await TestServer.BodyOfAsync(answer))["code"]!));
    }

    private static string Settings(string after, string template = "email-en") => $$$"""
        {"version":0,"settings":{"rules":[{"id":"left","name":"Left","enabled":true,
         "after":"{{{after}}}","steps":[{"after":"0s","template":"{{{template}}}"}]}]}}
        """;

    private static string Text(int version, string body) => $$"""
        {"version":{{version}},"name":"Mine","channel":"email","language":"en",
         "subject":"Your order","body":"{{body}}"}
        """;

    private static async Task<(int Status, JsonNode Body)> PutAsync(
        TestServer server, string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await server.Secret.PutAsync(path, content, Cancel);
        return ((int)answer.StatusCode, await TestServer.BodyOfAsync(answer));
    }

    private static async Task<int> DeleteAsync(TestServer server, string path)
    {
        using var answer = await server.Secret.DeleteAsync(path, Cancel);
        return (int)answer.StatusCode;
    }
}
