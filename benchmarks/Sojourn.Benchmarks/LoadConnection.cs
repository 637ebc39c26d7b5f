using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sojourn.Benchmarks;

/// <summary>
/// One connection that sends a request, waits for its answer, and sends the next. Plain
/// sockets: a full client would take the processor time that is to be measured.
/// </summary>
internal sealed class LoadConnection(int sender, int batch, ServedProcess server)
{
    private readonly byte[] _answer = new byte[16 * 1024];
    private readonly EventBodies _bodies = new(sender, batch, server.SecretKey);
    private readonly List<double> _latenciesMs = [];

    /// <summary>Events that were answered as accepted.</summary>
    public long Accepted { get; private set; }

    /// <summary>How long each answer took, in order.</summary>
    public IReadOnlyList<double> LatenciesMs => _latenciesMs;

    /// <summary>Sends at least once, and until told to stop.</summary>
    public async Task RunAsync(TimeProvider clock, CancellationToken stop)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, server.Port, CancellationToken.None);
        do
        {
            var started = Stopwatch.GetTimestamp();
            var request = _bodies.Next(clock.GetUtcNow().ToUnixTimeMilliseconds());
            while (request.Length > 0)
                request = request[await socket.SendAsync(request, CancellationToken.None)..];
            await ReceiveAsync(socket);
            Accepted += batch;
            _latenciesMs.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        while (!stop.IsCancellationRequested);
    }

    private async Task ReceiveAsync(Socket socket)
    {
        var length = 0;
        do
        {
            var read = await socket.ReceiveAsync(_answer.AsMemory(length));
            if (read == 0)
                throw new InvalidOperationException("The server closed the connection.");
            length += read;
        }
        while (!IsWhole(_answer.AsSpan(0, length)));

        var text = _answer.AsSpan(0, length);
        var wanted = Encoding.ASCII.GetBytes($"\"accepted\":{batch},");
        if (!text.StartsWith("HTTP/1.1 200 "u8) || text.IndexOf(wanted) < 0)
            throw new InvalidOperationException(Encoding.UTF8.GetString(text));
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;

        var mark = answer[..head].IndexOf("Content-Length: "u8);
        if (mark < 0)
            return answer.EndsWith("0\r\n\r\n"u8);

        var digits = answer[(mark + "Content-Length: ".Length)..head];
        var end = digits.IndexOf((byte)'\r');
        var length = int.Parse(end < 0 ? digits : digits[..end]);
        return answer.Length >= head + 4 + length;
    }
}
