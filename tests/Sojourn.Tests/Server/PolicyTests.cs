using Sojourn.Server.Api;
using Xunit;

namespace Sojourn.Tests.Server;

/// <summary>Every route says who may use it, and no route appears unnoticed.</summary>
public sealed class PolicyTests
{
    // A new route stands here, with its policy, or this test fails.
    private static readonly string[] Routes =
    [
        "GET /assets/{name} anyone",
        "GET /health/live anyone",
        "GET /health/ready anyone",
        "GET /openapi/{documentName}.json anyone",
        "GET /sessions read",
        "GET /v1/events read",
        "GET /v1/projects/{key}/settings anyone",
        "GET /v1/refusals read",
        "GET /v1/sessions read",
        "GET /v1/sessions/export read",
        "GET /v1/sessions/stream read",
        "GET /v1/sessions/{id} read",
        "GET /v1/sessions/{id}/events read",
        "OPTIONS /v1/events anyone",
        "OPTIONS /v1/a anyone",
        "OPTIONS /v1/alias anyone",
        "OPTIONS /v1/b anyone",
        "OPTIONS /v1/batch anyone",
        "OPTIONS /v1/g anyone",
        "OPTIONS /v1/group anyone",
        "OPTIONS /v1/i anyone",
        "OPTIONS /v1/identify anyone",
        "OPTIONS /v1/import anyone",
        "OPTIONS /v1/m anyone",
        "OPTIONS /v1/p anyone",
        "OPTIONS /v1/page anyone",
        "OPTIONS /v1/projects/{key}/settings anyone",
        "OPTIONS /v1/s anyone",
        "OPTIONS /v1/screen anyone",
        "OPTIONS /v1/t anyone",
        "OPTIONS /v1/track anyone",
        "POST /control/backup operate",
        "POST /control/projects operate",
        "POST /v1/events send",
        "POST /v1/a send-key-in-body",
        "POST /v1/alias send-key-in-body",
        "POST /v1/b send-key-in-body",
        "POST /v1/batch send-key-in-body",
        "POST /v1/g send-key-in-body",
        "POST /v1/group send-key-in-body",
        "POST /v1/i send-key-in-body",
        "POST /v1/identify send-key-in-body",
        "POST /v1/import send-key-in-body",
        "POST /v1/p send-key-in-body",
        "POST /v1/page send-key-in-body",
        "POST /v1/s send-key-in-body",
        "POST /v1/screen send-key-in-body",
        "POST /v1/t send-key-in-body",
        "POST /v1/track send-key-in-body",
        "POST /v1/m anyone",
        "POST /v1/resessionize/preview read",
        "POST /v1/sessions/{id}/actions act",
    ];

    [Fact]
    public async Task The_routes_and_their_policies_are_these()
    {
        await using var server = await TestServer.StartAsync();
        var routes = new RouteList(server.Services.GetServices<EndpointDataSource>());

        Assert.Equal(Routes.Order(), Policies.Inventory(routes).Order());
    }

    [Fact]
    public void A_route_without_a_policy_stops_the_server_from_starting()
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGet("/open", () => "");

        var failure = Assert.Throws<InvalidOperationException>(() => Policies.Inventory(app));

        Assert.Contains("/open", failure.Message);
    }

    [Fact]
    public void A_route_with_two_policies_stops_the_server_from_starting()
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGet("/both", () => "").Needs(Policy.Read).Needs(Policy.Anyone);

        Assert.Throws<InvalidOperationException>(() => Policies.Inventory(app));
    }

    [Fact]
    public async Task Every_route_that_needs_a_key_refuses_those_without_one()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var line in Routes.Select(route => route.Split(' ')))
        {
            if (line[2] == "anyone")
                continue;

            using var request = new HttpRequestMessage(
                new HttpMethod(line[0]), line[1].Replace("{id}", "v_x"));
            using var answer = await server.Nobody.SendAsync(
                request, TestContext.Current.CancellationToken);

            Assert.Equal(line[2] == "operate" ? 403 : 401, (int)answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_write_key_opens_nothing_but_sending()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var line in Routes.Select(route => route.Split(' ')))
        {
            if (line[2] is "anyone" or "send" or "send-key-in-body")
                continue;

            using var request = new HttpRequestMessage(
                new HttpMethod(line[0]), line[1].Replace("{id}", "v_x"));
            using var answer = await server.Browser.SendAsync(
                request, TestContext.Current.CancellationToken);

            Assert.Equal(403, (int)answer.StatusCode);
        }
    }

    private sealed class RouteList(IEnumerable<EndpointDataSource> sources) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => throw new NotSupportedException();

        public ICollection<EndpointDataSource> DataSources { get; } = [.. sources];

        public IApplicationBuilder CreateApplicationBuilder() => throw new NotSupportedException();
    }
}
