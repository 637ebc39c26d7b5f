using System.Net.Sockets;
using System.Text.Json;
using Sojourn.Server.Api;

namespace Sojourn.Server.Commands;

/// <summary>Asks a running server through the socket in its data folder.</summary>
internal sealed class ControlClient : IDisposable
{
    // The kernel's limit for the path of a socket, with its closing zero. Source: unix(7).
    private const int SocketPathBytesMax = 107;

    private ControlClient(HttpClient http) => Http = http;

    /// <summary>A client of that server alone.</summary>
    public HttpClient Http { get; }

    /// <summary>The socket of a data folder; null when its path is too long for one.</summary>
    public static string? SocketIn(string folder)
    {
        var path = Path.Combine(folder, "control.sock");
        return System.Text.Encoding.UTF8.GetByteCount(path) <= SocketPathBytesMax ? path : null;
    }

    /// <summary>Reaches the server; null when there is no socket or nobody listens.</summary>
    public static ControlClient? TryConnect(string folder)
    {
        if (SocketIn(folder) is not { } path || !File.Exists(path))
            return null;

        try
        {
            using var probe = Open();
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException)
        {
            return null;
        }

        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancel) =>
            {
                var socket = Open();
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return new ControlClient(new HttpClient(handler)
        {
            BaseAddress = new Uri("http://sojourn"),
            Timeout = Timeout.InfiniteTimeSpan,
        });
    }

    /// <summary>Says which project later requests are about.</summary>
    public void UseProject(string name)
    {
        Http.DefaultRequestHeaders.Remove(OperatorDoor.ProjectHeader);
        Http.DefaultRequestHeaders.Add(OperatorDoor.ProjectHeader, name);
    }

    /// <summary>Posts a value and gives the answer's body.</summary>
    /// <exception cref="CommandFailure">The server refuses.</exception>
    public async Task<string> PostAsync<T>(string path, T body, CancellationToken cancel)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        };
        using var answer = await Http.PostAsJsonAsync(path, body, options, cancel);
        await ThrowIfRefusedAsync(answer, cancel);
        return await answer.Content.ReadAsStringAsync(cancel);
    }

    /// <summary>Turns a refusal into a sentence with the next step.</summary>
    /// <exception cref="CommandFailure">The answer is a refusal.</exception>
    public static async Task ThrowIfRefusedAsync(
        HttpResponseMessage answer, CancellationToken cancel)
    {
        if (answer.IsSuccessStatusCode)
            return;

        var text = await answer.Content.ReadAsStringAsync(cancel);
        var (code, title, hint) = ProblemOf(text);
        throw new CommandFailure(
            (int)answer.StatusCode switch
            {
                401 or 403 or 404 or 409 => ExitCodes.Configuration,
                400 => ExitCodes.Usage,
                >= 500 => ExitCodes.Storage,
                _ => ExitCodes.Failed,
            },
            code is null
                ? $"The server answered {(int)answer.StatusCode}. Check the address."
                : $"The server answered {(int)answer.StatusCode} {code}: {title} {hint}");
    }

    public void Dispose() => Http.Dispose();

    private static (string? Code, string? Title, string? Hint) ProblemOf(string text)
    {
        try
        {
            using var problem = JsonDocument.Parse(text);
            string? Text(string name) =>
                problem.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
            return problem.RootElement.ValueKind == JsonValueKind.Object
                ? (Text("code"), Text("title"), Text("hint"))
                : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static Socket Open() =>
        new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
}
