using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sojourn.Ingest;
using Sojourn.Server.Api.Hooks;
using Xunit;

namespace Sojourn.Tests.Server.Hooks;

/// <summary>A server with hooks, and providers that send to them.</summary>
internal sealed class HookWorld : IAsyncDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private HookWorld(TestServer server) => Server = server;

    public TestServer Server { get; }

    /// <summary>SendGrid's public key.</summary>
    public string PublicKey => Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<HookWorld> StartAsync() => new(await TestServer.StartAsync());

    /// <summary>Makes a hook and gives the path of its address.</summary>
    public async Task<string> HookAsync(HookSource source, HookProof? proof = null) =>
        HookSettingsApi.PathOf(
            Server.Project.Id,
            (await Server.Services.GetRequiredService<HookBook>().AddAsync(
                Server.Project, source, proof ?? HookProof.None, "ada", Cancel))!);

    /// <summary>Sends a body, and gives what it is answered with.</summary>
    public async Task<(int Status, JsonNode Body)> SendAsync(
        string path, string body, params (string Name, string Value)[] headers)
    {
        using var answer = await AskAsync(path, body, headers);
        return ((int)answer.StatusCode, await TestServer.BodyOfAsync(answer));
    }

    public async Task<HttpResponseMessage> AskAsync(
        string path, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return await Server.Nobody.SendAsync(request, Cancel);
    }

    /// <summary>The headers with which SendGrid signs a body now.</summary>
    public (string Name, string Value)[] Signed(string body)
    {
        var time = Server.Clock.GetUtcNow().ToUnixTimeSeconds().ToString();
        return
        [
            ("X-Twilio-Email-Event-Webhook-Timestamp", time),
            ("X-Twilio-Email-Event-Webhook-Signature", Convert.ToBase64String(_key.SignData(
                Encoding.UTF8.GetBytes(time + body),
                HashAlgorithmName.SHA256,
                DSASignatureFormat.Rfc3279DerSequence))),
        ];
    }

    /// <summary>The names of the stored events, in order of time.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync()
    {
        var page = await Server.Store.EventsAsync(Server.Project.Id, new(), Cancel);
        return [.. page.Items.Select(one => one.Event.Name).Reverse()];
    }

    public ValueTask DisposeAsync()
    {
        _key.Dispose();
        return Server.DisposeAsync();
    }
}
