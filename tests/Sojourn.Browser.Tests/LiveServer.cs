using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Playwright;
using Sojourn.Events;
using Sojourn.Server.Accounts;
using Sojourn.Server.Api;
using Sojourn.Server.Commands;
using Sojourn.Sessions;
using Sojourn.Storage;
using Sojourn.Storage.Sqlite;
using Xunit;

namespace Sojourn.Browser.Tests;

/// <summary>
/// The real server on a free port, by the real clock unless told another, with one empty project
/// and one admin.
/// </summary>
internal sealed class LiveServer : IAsyncDisposable
{
    private readonly string _folder;
    private readonly StandingLink _link;
    private readonly TimeProvider _clock;
    private EmbeddedStore _store;
    private WebApplication _app;

    private LiveServer(
        WebApplication app, EmbeddedStore store, string folder, NewProject created,
        StandingLink link, TimeProvider clock)
    {
        (_app, _store, _folder, _link, _clock) = (app, store, folder, link, clock);
        (Project, WriteKey, SecretKey) = (created.Project, created.WriteKey, created.SecretKey);
        Address = AddressOf(app);
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

    /// <summary>Where staff sign in without a password.</summary>
    public string SignIn => $"{Address}/sign-in/link?token={_link.Token}";

    public static async Task<LiveServer> StartAsync(TimeProvider? clock = null)
    {
        clock ??= TimeProvider.System;
        var folder = Directory.CreateTempSubdirectory("sojourn-browser-").FullName;
        var store = EmbeddedStore.Open(folder, StorePlace.Kinds, clock);
        var created = await store.CreateProjectAsync("shop", ProjectSettings.Default, Cancel);
        var admin = await new Staff(store, clock)
            .AddFirstAsync("samira@shop.example", "", Cancel);
        var link = new StandingLink(SecretToken.New(), admin.Account!.Id); // The first is made.
        var app = await ServeAsync(store, link, clock, port: 0);
        return new LiveServer(app, store, folder, created, link, clock);
    }

    /// <summary>Stores events as if they had just come in.</summary>
    public Task TellAsync(params IReadOnlyList<Event> events) =>
        _store.AppendAsync([new EventBatch(Project.Id, events)], Cancel);

    /// <summary>A page of somebody who signed in.</summary>
    public async Task<IPage> StaffAsync(IBrowserContext visitor)
    {
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(SignIn);
        return page;
    }

    /// <summary>Stops it, as a machine that is switched off would.</summary>
    public async Task StopAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _store.DisposeAsync();
    }

    /// <summary>Starts it again at the same address.</summary>
    public async Task StartAgainAsync()
    {
        _store = EmbeddedStore.Open(_folder, StorePlace.Kinds, _clock);
        _app = await ServeAsync(_store, _link, _clock, new Uri(Address).Port);
    }

    private static async Task<WebApplication> ServeAsync(
        EmbeddedStore store, StandingLink link, TimeProvider clock, int port)
    {
        var app = Server.Program.CreateServer(new ServerSetup
        {
            Store = store,
            Clock = clock,
            Addresses = [new ListenAddress(IPAddress.Loopback, port)],
            StandingLink = link,
        });
        await app.StartAsync(Cancel);
        return app;
    }

    private static string AddressOf(WebApplication app) =>
        app.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses // Kestrel always has it.
            .First(one => !one.Contains("unix:", StringComparison.Ordinal));

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
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
