using System.Net;
using System.Text.Json.Nodes;
using Sojourn.Server.Commands;
using Xunit;

namespace Sojourn.Tests.Server.Accounts;

/// <summary>Admins make keys and take them out of force; no key makes another.</summary>
public sealed class KeysApiTests
{
    private const string Event = """[{"id":"1","name":"page_view","anonymous_id":"a"}]""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_admin_makes_lists_and_revokes_a_key()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = await AdminAsync(server);
        server.Clock.Advance(TimeSpan.FromSeconds(1));

        var (status, made) = await visitor.SendAsync(
            HttpMethod.Post, $"/v1/keys?project={server.Project.Id}", """{"kind":"write"}""");
        var key = JsonNode.Parse(made)!;
        var token = (string)key["token"]!;
        var id = (string)key["key"]!["id"]!;
        using var browser = server.ClientOf(token);
        var before = await server.PostAsync(browser, "/v1/events", Event);
        var (revoked, _) = await visitor.SendAsync(
            HttpMethod.Delete, $"/v1/keys/{id}?project={server.Project.Id}");
        var after = await server.PostAsync(browser, "/v1/events", Event);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (status, revoked));
        Assert.Equal((200, 401), (before.Status, after.Status));
        Assert.Equal("key_invalid", (string?)after.Body["code"]);
        var items = (await ListAsync(visitor, server)).AsArray();
        Assert.Equal(["write", "secret", "write"], items.Select(one => (string?)one!["kind"]));
        Assert.Equal(token, (string?)items[2]!["shown"]);
        Assert.NotNull(items[2]!["revoked"]);
    }

    [Fact]
    [Trait("Threat", "D18")]
    public async Task A_secret_keys_token_is_told_once()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = await AdminAsync(server);

        var (_, made) = await visitor.SendAsync(
            HttpMethod.Post, $"/v1/keys?project={server.Project.Id}", """{"kind":"secret"}""");

        var token = (string)JsonNode.Parse(made)!["token"]!;
        var list = (await ListAsync(visitor, server)).ToJsonString();
        Assert.DoesNotContain(token, list);
        Assert.DoesNotContain(server.SecretKey, list);
        using var client = server.ClientOf(token);
        Assert.True((await client.GetAsync("/v1/sessions", Cancel)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task No_key_makes_or_lists_keys()
    {
        await using var server = await TestServer.StartAsync();

        foreach (var client in new[] { server.Secret, server.Browser })
        {
            var (status, body) = await server.PostAsync(
                client, "/v1/keys", """{"kind":"secret"}""");
            Assert.Equal((403, "no_key_opens_this"), (status, (string?)body["code"]));
            using var list = await client.GetAsync("/v1/keys", Cancel);
            Assert.Equal(HttpStatusCode.Forbidden, list.StatusCode);
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"kind":"admin"}""")]
    [InlineData("""{"kind":1}""")]
    [InlineData("""{"kind":"write","project":"p_x"}""")]
    [InlineData("null")]
    [InlineData("[")]
    [Trait("Threat", "D14")]
    public async Task A_body_that_names_no_kind_makes_nothing(string body)
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = await AdminAsync(server);

        var (status, _) = await visitor.SendAsync(
            HttpMethod.Post, $"/v1/keys?project={server.Project.Id}", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(2, server.Store.KeysOf(server.Project.Id).Count);
    }

    [Fact]
    [Trait("Threat", "D4")]
    public async Task A_key_of_another_project_is_not_found()
    {
        await using var server = await TestServer.StartAsync();
        var (other, _, secret) = await server.CreateAsync("other");
        var id = server.Store.KeysOf(other.Id)[1].Id;
        using var visitor = await AdminAsync(server);

        var (status, text) = await visitor.SendAsync(
            HttpMethod.Delete, $"/v1/keys/{id}?project={server.Project.Id}");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("key_unknown", text);
        Assert.NotNull(server.Store.FindKey(secret));
    }

    [Fact]
    public async Task Commands_make_keys_through_the_socket()
    {
        await using var server = await TestServer.StartAsync();
        using var commands = ControlClient.TryConnect(server.Folder)!;
        commands.UseProject("shop");

        var made = JsonNode.Parse(
            await commands.PostAsync("/v1/keys", new { kind = "secret" }, Cancel))!;

        Assert.NotNull(server.Store.FindKey((string)made["token"]!));
    }

    private static async Task<Visitor> AdminAsync(TestServer server)
    {
        var visitor = new Visitor(server);
        await visitor.SignInAsync();
        await visitor.OpenAsync();
        return visitor;
    }

    private static async Task<JsonNode> ListAsync(Visitor visitor, TestServer server)
    {
        var (_, text) = await visitor.SendAsync(
            HttpMethod.Get, $"/v1/keys?project={server.Project.Id}");
        return JsonNode.Parse(text)!["items"]!;
    }
}
