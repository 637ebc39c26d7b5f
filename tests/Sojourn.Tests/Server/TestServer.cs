using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Sojourn.Events;
using Sojourn.Server;
using Sojourn.Server.Api;
using Sojourn.Server.Commands;
using Sojourn.Sessions;
using Sojourn.Storage;
using Sojourn.Storage.Sqlite;
using Xunit;

namespace Sojourn.Tests.Server;

/// <summary>The real server on a real folder and a free port, with one project.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestServer(WebApplication app, EmbeddedStore store, string folder, FakeClock clock)
    {
        (_app, Store, Folder, Clock) = (app, store, folder, clock);
        Address = new Uri(app.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses
            .First(one => !one.Contains("unix:")));
        Nobody = new HttpClient { BaseAddress = Address };
    }

    public EmbeddedStore Store { get; }

    public string Folder { get; }

    public FakeClock Clock { get; }

    public Uri Address { get; }

    public IServiceProvider Services => _app.Services;

    public Project Project { get; private set; } = null!;

    public string WriteKey { get; private set; } = "";

    public string SecretKey { get; private set; } = "";

    /// <summary>A client without a key.</summary>
    public HttpClient Nobody { get; }

    /// <summary>A client with the secret key.</summary>
    public HttpClient Secret { get; private set; } = null!;

    /// <summary>A client with the write key.</summary>
    public HttpClient Browser { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<TestServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("sojourn-test-").FullName;
        var clock = new FakeClock(Some.Start);
        var store = EmbeddedStore.Open(folder, StorePlace.Kinds, clock);
        var app = Program.CreateServer(new ServerSetup
        {
            Store = store,
            Clock = clock,
            Addresses = [new ListenAddress(System.Net.IPAddress.Loopback, 0)],
            ControlSocket = ControlClient.SocketIn(folder),
            Backup = Backups.Of(store),
        });
        await app.StartAsync(Cancel);
        var server = new TestServer(app, store, folder, clock);
        (server.Project, server.WriteKey, server.SecretKey) = await server.CreateAsync("shop");
        server.Secret = server.ClientOf(server.SecretKey);
        server.Browser = server.ClientOf(server.WriteKey);
        return server;
    }

    public async Task<(Project Project, string WriteKey, string SecretKey)> CreateAsync(
        string name)
    {
        var created = await Store.CreateProjectAsync(name, ProjectSettings.Default, Cancel);
        return (created.Project, created.WriteKey, created.SecretKey);
    }

    public HttpClient ClientOf(string key)
    {
        // Redirects are part of the contract, so tests see them.
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = Address,
        };
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Stores events directly.</summary>
    public async Task TellAsync(params IReadOnlyList<Event> events) =>
        await Store.AppendAsync([new EventBatch(Project.Id, events)], Cancel);

    public async Task<JsonNode> GetAsync(string path)
    {
        using var answer = await Secret.GetAsync(path, Cancel);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
    }

    public async Task<(int Status, JsonNode Body)> PostAsync(
        HttpClient client, string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(path, content, Cancel);
        return ((int)answer.StatusCode, await BodyOfAsync(answer));
    }

    public static async Task<JsonNode> BodyOfAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        return JsonNode.Parse(text.Length == 0 ? "{}" : text)!;
    }

    public async ValueTask DisposeAsync()
    {
        Nobody.Dispose();
        Secret?.Dispose();
        Browser?.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Store.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
