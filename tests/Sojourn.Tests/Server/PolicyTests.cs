using System.Reflection;
using Sojourn.Server.Api;
using Sojourn.Tests.Server.Accounts;
using Xunit;

namespace Sojourn.Tests.Server;

/// <summary>Every route says who may use it, and no route appears unnoticed.</summary>
public sealed class PolicyTests
{
    // A new route stands here, with its policy, or this test fails.
    private static readonly string[] Routes =
    [
        "GET / signed-in",
        "GET /account signed-in",
        "GET /assets/{name} anyone",
        "DELETE /v1/keys/{id} configure",
        "GET /health/live anyone",
        "GET /health/ready anyone",
        "GET /o/{token} anyone",
        "HEAD /r/{token} anyone",
        "POST /o/{token} anyone",
        "GET /openapi/{documentName}.json anyone",
        "GET /p/{project}/checkouts see",
        "GET /p/{project}/checkouts/pipeline see",
        "GET /p/{project}/checkouts/{session} see",
        "GET /p/{project}/connect see",
        "GET /p/{project}/debugger see",
        "GET /p/{project}/debugger/codes see",
        "GET /p/{project}/debugger/live see",
        "GET /p/{project}/debugger/session/{id} see",
        "GET /p/{project}/debugger/{refusal} see",
        "GET /p/{project}/events see",
        "GET /p/{project}/leads see",
        "GET /p/{project}/leads/{session} see",
        "GET /p/{project}/live see",
        "GET /p/{project}/paths see",
        "GET /p/{project}/checkouts/revenue see",
        "GET /p/{project}/checkouts/revenue/holdout see",
        "GET /p/{project}/people see",
        "GET /p/{project}/people/{id} see",
        "GET /p/{project}/reservations see",
        "GET /p/{project}/reservations/{session} see",
        "GET /p/{project}/settings/hooks manage",
        "GET /p/{project}/settings/keys manage",
        "GET /p/{project}/settings/outreach manage",
        "GET /p/{project}/settings/outreach/templates manage",
        "GET /p/{project}/settings/outreach/templates/{id} manage",
        "POST /p/{project}/settings/outreach manage",
        "POST /p/{project}/settings/outreach/suppressed manage",
        "POST /p/{project}/settings/outreach/suppressed/{key}/remove manage",
        "POST /p/{project}/settings/outreach/templates manage",
        "GET /p/{project}/settings/people manage",
        "GET /p/{project}/users see",
        "GET /p/{project}/users/{session} see",
        "GET /r/{token} anyone",
        "GET /s.js anyone",
        "GET /sessions read",
        "GET /setup open",
        "GET /sign-in open",
        "GET /sign-in/link open",
        "GET /v1/events read",
        "GET /v1/projects/{key}/settings anyone",
        "GET /v1/hooks configure",
        "GET /v1/keys configure",
        "GET /v1/paths read",
        "GET /v1/discounts/{code} read",
        "GET /v1/revenue read",
        "GET /v1/revenue/holdout read",
        "DELETE /v1/outreach/suppressed/{key} decide",
        "DELETE /v1/outreach/templates/{id} decide",
        "GET /v1/outreach/outbox read",
        "GET /v1/outreach/rules read",
        "GET /v1/outreach/suppressed read",
        "GET /v1/outreach/templates read",
        "GET /v1/outreach/templates/{id} read",
        "POST /v1/outreach/templates/{id}/preview read",
        "PUT /v1/outreach/rules decide",
        "PUT /v1/outreach/suppressed decide",
        "PUT /v1/outreach/templates/{id} decide",
        "GET /v1/people/{id} read",
        "POST /p/{project}/people/{id}/merge work",
        "POST /p/{project}/people/{id}/unmerge work",
        "POST /v1/people/{id}/merge act",
        "POST /v1/people/{id}/merge/preview act",
        "POST /v1/people/{id}/merge/undo act",
        "GET /v1/people/{id}/sessions read",
        "GET /v1/refusals read",
        "GET /v1/sessions read",
        "GET /v1/sessions/export read",
        "GET /v1/sessions/stream read",
        "GET /v1/sessions/{id} read",
        "GET /v1/sessions/{id}/events read",
        "OPTIONS /v1/a anyone",
        "OPTIONS /v1/alias anyone",
        "OPTIONS /v1/b anyone",
        "OPTIONS /v1/batch anyone",
        "OPTIONS /v1/events anyone",
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
        "POST /account/display signed-in",
        "POST /account/password signed-in",
        "POST /account/sign-out-elsewhere signed-in",
        "POST /control/backup operate",
        "POST /control/projects operate",
        "POST /p/{project}/checkouts/bulk work",
        "POST /p/{project}/checkouts/columns see",
        "POST /p/{project}/checkouts/pipeline/{session}/actions work",
        "POST /p/{project}/checkouts/views work",
        "POST /p/{project}/checkouts/views/{view}/delete work",
        "POST /p/{project}/checkouts/{session}/actions work",
        "POST /p/{project}/leads/bulk work",
        "POST /p/{project}/leads/columns see",
        "POST /p/{project}/leads/views work",
        "POST /p/{project}/leads/views/{view}/delete work",
        "POST /p/{project}/leads/{session}/actions work",
        "POST /p/{project}/reservations/bulk work",
        "POST /p/{project}/reservations/columns see",
        "POST /p/{project}/reservations/views work",
        "POST /p/{project}/reservations/views/{view}/delete work",
        "POST /p/{project}/reservations/{session}/actions work",
        "POST /p/{project}/users/bulk work",
        "POST /p/{project}/users/columns see",
        "POST /p/{project}/users/views work",
        "POST /p/{project}/users/views/{view}/delete work",
        "POST /p/{project}/users/{session}/actions work",
        "POST /control/users operate",
        "POST /control/users/reset operate",
        "POST /p/{project}/settings/keys manage",
        "POST /p/{project}/settings/keys/{id}/revoke manage",
        "POST /p/{project}/settings/people manage",
        "POST /p/{project}/settings/people/{id}/link manage",
        "POST /p/{project}/settings/people/{id}/remove manage",
        "POST /p/{project}/settings/people/{id}/role manage",
        "POST /setup open",
        "POST /sign-in open",
        "POST /sign-in/link open",
        "POST /sign-out signed-in",
        "POST /v1/a send-key-in-body",
        "POST /v1/alias send-key-in-body",
        "POST /v1/b send-key-in-body",
        "POST /v1/batch send-key-in-body",
        "POST /v1/events send",
        "POST /v1/g send-key-in-body",
        "POST /v1/group send-key-in-body",
        "POST /v1/i send-key-in-body",
        "POST /v1/identify send-key-in-body",
        "POST /v1/import send-key-in-body",
        "POST /v1/m anyone",
        "POST /v1/p send-key-in-body",
        "POST /v1/page send-key-in-body",
        "DELETE /v1/hooks/{id} configure",
        "POST /hooks/{project}/{source}/{secret} send-by-hook",
        "POST /p/{project}/settings/hooks manage",
        "POST /p/{project}/settings/hooks/{id}/check manage",
        "POST /p/{project}/settings/hooks/{id}/delete manage",
        "POST /v1/hooks configure",
        "PUT /v1/hooks/{id} configure",
        "POST /v1/keys configure",
        "POST /v1/resessionize/preview read",
        "POST /v1/s send-key-in-body",
        "POST /v1/screen send-key-in-body",
        "POST /v1/sessions/{id}/actions act",
        "POST /v1/t send-key-in-body",
        "POST /v1/track send-key-in-body",
        "GET /p/{project}/scoring see",
        "POST /p/{project}/scoring manage",
        "GET /p/{project}/settings/rules/{set} manage",
        "GET /p/{project}/settings/suppression manage",
        "POST /p/{project}/settings/suppression manage",
        "POST /p/{project}/settings/rules/{set} manage",
        "GET /v1/rules read",
        "GET /v1/scoring/leads/{person} read",
        "GET /v1/rules/scoring read",
        "PUT /v1/rules/scoring decide",
        "POST /v1/rules/scoring/preview read",
        "GET /v1/rules/scoring/versions read",
        "GET /v1/rules/journey read",
        "PUT /v1/rules/journey decide",
        "POST /v1/rules/journey/preview read",
        "GET /v1/rules/journey/versions read",
        "GET /v1/rules/channels read",
        "PUT /v1/rules/channels decide",
        "POST /v1/rules/channels/preview read",
        "GET /v1/rules/channels/versions read",
        "GET /v1/rules/reasons read",
        "PUT /v1/rules/reasons decide",
        "POST /v1/rules/reasons/preview read",
        "GET /v1/rules/reasons/versions read",
        "GET /v1/rules/recovery read",
        "PUT /v1/rules/recovery decide",
        "POST /v1/rules/recovery/preview read",
        "GET /v1/rules/recovery/versions read",
        "GET /v1/rules/regions read",
        "PUT /v1/rules/regions decide",
        "POST /v1/rules/regions/preview read",
        "GET /v1/rules/regions/versions read",
        "GET /v1/rules/suppression read",
        "PUT /v1/rules/suppression decide",
        "POST /v1/rules/suppression/preview read",
        "GET /v1/rules/suppression/versions read",
        "GET /v1/scoring read",
        "PUT /v1/scoring decide",
        "POST /v1/scoring/preview read",
        "GET /v1/scoring/versions read",
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
        foreach (var (method, path, policy) in Lines())
        {
            if (policy is "anyone" or "open")
                continue;

            using var request = new HttpRequestMessage(method, path);
            using var answer = await server.Nobody.SendAsync(request, Cancel);

            var expected = policy == "operate" ? 403 : IsPage(policy) ? 303 : 401;
            Assert.Equal((path, expected), (path, (int)answer.StatusCode));
        }
    }

    [Fact]
    public async Task A_write_key_opens_nothing_but_sending()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var (method, path, policy) in Lines())
        {
            if (policy is "anyone" or "open" or "send" or "send-key-in-body" or "send-by-hook"
                || IsPage(policy))
            {
                continue;
            }

            using var request = new HttpRequestMessage(method, path);
            using var answer = await server.Browser.SendAsync(request, Cancel);

            Assert.Equal((path, 403), (path, (int)answer.StatusCode));
        }
    }

    [Theory]
    [InlineData("Viewer")]
    [InlineData("Agent")]
    [InlineData("Admin")]
    [Trait("Threat", "D6")]
    public async Task A_person_opens_what_their_role_may_and_nothing_else(string name)
    {
        var role = Enum.Parse<Role>(name);
        await using var server = await TestServer.StartAsync();
        await server.AddAccountAsync("bo@shop.example", role);
        using var visitor = new Visitor(server);
        foreach (var (method, path, policy) in Lines())
        {
            // Signing out is its own end; a stream has none; keys in bodies and addresses know no
            // cookies.
            if (policy is "anyone" or "open" or "send-key-in-body" or "send-by-hook"
                || path is "/sign-out"
                || path.Contains("/stream")
                || path.EndsWith("/live"))
            {
                continue;
            }

            if (visitor.Cookie("sojourn") is null)
                await visitor.SignInAsync("bo@shop.example");
            await visitor.OpenAsync();
            var named = path.Replace("{project}", server.Project.Id);
            var isForm = IsPage(policy) && method == HttpMethod.Post;
            var (status, text) = await visitor.SendAsync(
                method,
                $"{named}?project={server.Project.Id}",
                method == HttpMethod.Get || isForm ? null : "{}",
                request => request.Content ??= isForm ? new FormUrlEncodedContent([]) : null);

            int? refusal = policy switch
            {
                "send" => 401,
                "operate" => 403,
                _ when RoleOf(policy) > role => 403,
                _ => null,
            };
            if (refusal is null)
                Assert.False((int)status is 401 or 403, $"{path}: {text}");
            else
                Assert.Equal((path, refusal), (path, (int?)status));
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static IEnumerable<(HttpMethod Method, string Path, string Policy)> Lines() =>
        from route in Routes
        let words = route.Split(' ')
        select (new HttpMethod(words[0]), words[1].Replace("{id}", "v_x"), words[2]);

    private static bool IsPage(string policy) => All[policy].IsPage;

    private static Role RoleOf(string policy) => All[policy].Role!.Value;

    private static readonly Dictionary<string, Policy> All = typeof(Policy)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (Policy)field.GetValue(null)!)
        .ToDictionary(policy => policy.Name);

    private sealed class RouteList(IEnumerable<EndpointDataSource> sources) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => throw new NotSupportedException();

        public ICollection<EndpointDataSource> DataSources { get; } = [.. sources];

        public IApplicationBuilder CreateApplicationBuilder() => throw new NotSupportedException();
    }
}
