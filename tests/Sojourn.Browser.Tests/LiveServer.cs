using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Sojourn.Server;
using Sojourn.Server.Api;
using Sojourn.Server.Commands;
using Sojourn.Sessions;
using Sojourn.Storage;
using Sojourn.Storage.Sqlite;
using Xunit;

namespace Sojourn.Browser.Tests;

/// <summary>The real server on a free port, by the real clock, with one empty project.</summary>
internal sealed class LiveServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly EmbeddedStore _store;
    private readonly string _folder;

    private LiveServer(
        WebApplication app, EmbeddedStore store, string folder, NewProject created)
    {
        (_app, _store, _folder) = (app, store, folder);
        (Project, WriteKey, SecretKey) = (created.Project, created.WriteKey, created.SecretKey);
        Address = app.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses // Kestrel always has it.
            .First(one => !one.Contains("unix:", StringComparison.Ordinal));
        Secret = new HttpClient { BaseAddress = new Uri(Address) };
        Secret.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", SecretKey);
    }

    public string Address { get; }

    public Project Project { get; }

    public string WriteKey { get; }

    public string SecretKey { get; }

    public IStore Store => _store;

    /// <summary>A client with the secret key.</summary>
    public HttpClient Secret { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<LiveServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("sojourn-browser-").FullName;
        var store = EmbeddedStore.Open(folder, StorePlace.Kinds, TimeProvider.System);
        var created = await store.CreateProjectAsync("shop", ProjectSettings.Default, Cancel);
        var app = Program.CreateServer(new ServerSetup
        {
            Store = store,
            Clock = TimeProvider.System,
            Addresses = [new ListenAddress(IPAddress.Loopback, 0)],
        });
        await app.StartAsync(Cancel);
        return new LiveServer(app, store, folder, created);
    }

    /// <summary>An answer of the API, read with the secret key.</summary>
    public async Task<JsonNode> GetAsync(string path)
    {
        using var answer = await Secret.GetAsync(path, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!; // A successful answer of the API is JSON.
    }

    public async ValueTask DisposeAsync()
    {
        Secret.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
