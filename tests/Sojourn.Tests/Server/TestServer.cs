using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Sojourn.Events;
using Sojourn.Server;
using Sojourn.Server.Accounts;
using Sojourn.Server.Api;
using Sojourn.Server.Commands;
using Sojourn.Server.Outreach;
using Sojourn.Sessions;
using Sojourn.Storage;
using Sojourn.Storage.Sqlite;
using Xunit;

namespace Sojourn.Tests.Server;

/// <summary>The real server on a real folder and a free port, with one project.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    public const string AdminEmail = "ada@shop.example";
    public const string Password = "four quiet green lamps";

    // Hashing costs time on purpose; all servers' people may have the same password.
    private static readonly Lazy<string> PasswordHash = new(() =>
    {
        using var passwords = new Passwords();
        return passwords.Hash(Password);
    });

    private readonly WebApplication _app;

    private TestServer(WebApplication app, EmbeddedStore store, string folder, FakeClock clock)
    {
        (_app, Store, Folder, Clock) = (app, store, folder, clock);
        Address = AddressOf(app);
        Nobody = Client();
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

    /// <summary>Starts a server with an admin and a project.</summary>
    public static async Task<TestServer> StartAsync(
        params IReadOnlyList<System.Net.IPNetwork> proxies)
    {
        var server = await StartEmptyAsync(proxies: proxies);
        return await server.WithProjectAsync();
    }

    /// <summary>Starts a server with an admin and a project that may send mail.</summary>
    public static async Task<TestServer> StartAsync(MailServer mail) =>
        await (await StartEmptyAsync(mail: mail)).WithProjectAsync();

    private async Task<TestServer> WithProjectAsync()
    {
        var server = this;
        await server.AddAdminAsync();
        (server.Project, server.WriteKey, server.SecretKey) = await server.CreateAsync("shop");
        server.Secret = server.ClientOf(server.SecretKey);
        server.Browser = server.ClientOf(server.WriteKey);
        return server;
    }

    /// <summary>Starts a server that nobody has set up.</summary>
    public static async Task<TestServer> StartEmptyAsync(
        Uri? publicUrl = null,
        Func<Account, StandingLink>? standingLink = null,
        IReadOnlyList<System.Net.IPNetwork>? proxies = null,
        MailServer? mail = null)
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
            PublicUrl = publicUrl,
            Proxies = proxies ?? [],
            Mail = mail,
            StandingLink = standingLink is null ? null : standingLink(await FirstOfAsync(store)),
        });
        await app.StartAsync(Cancel);
        return new TestServer(app, store, folder, clock);
    }

    public async Task<(Project Project, string WriteKey, string SecretKey)> CreateAsync(
        string name)
    {
        var created = await Store.CreateProjectAsync(name, ProjectSettings.Default, Cancel);
        return (created.Project, created.WriteKey, created.SecretKey);
    }

    public HttpClient ClientOf(string key)
    {
        var client = Client();
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Adds the first account.</summary>
    public Task<Account> AddAdminAsync() => FirstOfAsync(Store);

    /// <summary>Another server on the same store, as after a new start.</summary>
    public async Task<WebApplication> StartBesideAsync()
    {
        var app = Program.CreateServer(new ServerSetup
        {
            Store = Store,
            Clock = Clock,
            Addresses = [new ListenAddress(System.Net.IPAddress.Loopback, 0)],
        });
        await app.StartAsync(Cancel);
        return app;
    }

    /// <summary>Where a server listens.</summary>
    public static Uri AddressOf(WebApplication app) => new(
        app.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses
            .First(one => !one.Contains("unix:")));

    /// <summary>Adds an account with the usual password.</summary>
    public async Task<Account> AddAccountAsync(string email, Role role)
    {
        var staff = Services.GetRequiredService<Staff>();
        var added = await staff.AddAsync(email, role, Cancel);
        return (await staff.SetPasswordAsync(added.Account!.Id, PasswordHash.Value, Cancel))
            .Account!;
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

    private static async Task<Account> FirstOfAsync(IStore store) =>
        (await new Staff(store, TimeProvider.System).AddFirstAsync(
            AdminEmail, PasswordHash.Value, Cancel)).Account!;

    // Redirects are part of the contract, so tests see them.
    private HttpClient Client() => new(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        BaseAddress = Address,
    };

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
