using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Sojourn.Server.Outreach;

namespace Sojourn.Tests.Server.Outreach;

/// <summary>What a mail server does with one connection.</summary>
public enum SmtpTurn
{
    Accept,

    /// <summary>451 to the sender: try again.</summary>
    Busy,

    /// <summary>550 to the recipient: never.</summary>
    NoSuchUser,

    /// <summary>554 to the whole mail: never.</summary>
    RefuseMail,

    /// <summary>Takes the connection and says nothing.</summary>
    Stall,

    /// <summary>Hangs up in the middle of the mail.</summary>
    DropInData,

    /// <summary>Takes the whole mail and hangs up instead of saying so.</summary>
    DropBeforeAnswer,
}

/// <summary>A mail as it came over the wire.</summary>
/// <param name="To">The recipients, as told to the server.</param>
/// <param name="Text">Headers and body.</param>
internal sealed record SmtpMail(IReadOnlyList<string> To, string Text)
{
    /// <summary>A header's value, unfolded; empty when there is none.</summary>
    public string Header(string name) => Text
        .Split("\r\n\r\n")[0]
        .Replace("\r\n ", " ", StringComparison.Ordinal)
        .Split("\r\n")
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim())
        .SingleOrDefault("");

    /// <summary>The text, decoded.</summary>
    public string Body
    {
        get
        {
            var raw = Text.Split("\r\n\r\n", 2)[1];
            return Header("Content-Transfer-Encoding") == "base64"
                ? Encoding.UTF8.GetString(Convert.FromBase64String(raw))
                : Unquoted(raw);
        }
    }

    private static string Unquoted(string raw)
    {
        var bytes = new List<byte>();
        var text = raw.Replace("=\r\n", "", StringComparison.Ordinal);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=')
            {
                bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                bytes.Add((byte)text[i]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}

/// <summary>A mail server on a free port that does as it is told.</summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<SmtpMail> _taken = Channel.CreateUnbounded<SmtpMail>();
    private readonly Task _running;

    public SmtpServer()
    {
        _listener.Start();
        _running = Task.Run(RunAsync);
    }

    /// <summary>What it does next; without a word it accepts.</summary>
    public ConcurrentQueue<SmtpTurn> Turns { get; } = new();

    /// <summary>Every mail it read to the end, whatever it answered.</summary>
    public ConcurrentQueue<SmtpMail> Read { get; } = new();

    /// <summary>Released for each connection.</summary>
    public SemaphoreSlim Connected { get; } = new(0);

    public MailServer Options => new(
        "127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port, IsEncrypted: false,
        "shop@mail.example", null, null);

    /// <summary>The next mail that it took.</summary>
    public ValueTask<SmtpMail> NextAsync(CancellationToken cancel) =>
        _taken.Reader.ReadAsync(cancel);

    /// <summary>Nobody listens there any more.</summary>
    public async Task CloseAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _listener.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _stop.Dispose();
        Connected.Dispose();
    }

    private async Task RunAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Connected.Release();
                talks.Add(TalkAsync(client, Turns.TryDequeue(out var turn)
                    ? turn
                    : SmtpTurn.Accept));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException
            or SocketException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client, SmtpTurn turn)
    {
        using (client)
        {
            try
            {
                if (turn == SmtpTurn.Stall)
                    await client.GetStream().ReadExactlyAsync(new byte[1], _stop.Token);
                else
                    await TalkAsync(client.GetStream(), turn);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The other side hung up, or the test is over.
            }
        }
    }

    private async Task TalkAsync(NetworkStream stream, SmtpTurn turn)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await using var writer = new StreamWriter(stream, Encoding.Latin1)
        {
            AutoFlush = true,
            NewLine = "\r\n",
        };
        var to = new List<string>();
        await writer.WriteLineAsync("220 here");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            if (verb == "RCPT")
                to.Add(line);
            if (verb == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                if (!await TakeAsync(reader, writer, to, turn))
                    return;
                continue;
            }

            await writer.WriteLineAsync((verb, turn) switch
            {
                ("MAIL", SmtpTurn.Busy) => "451 later",
                ("RCPT", SmtpTurn.NoSuchUser) => "550 no such user",
                ("QUIT", _) => "221 bye",
                _ => "250 fine",
            });
            if (verb == "QUIT")
                return;
        }
    }

    private async Task<bool> TakeAsync(
        StreamReader reader, StreamWriter writer, IReadOnlyList<string> to, SmtpTurn turn)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".")
        {
            if (turn == SmtpTurn.DropInData)
                return false;
            text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        var mail = new SmtpMail([.. to], text.ToString());
        Read.Enqueue(mail);
        if (turn == SmtpTurn.DropBeforeAnswer)
            return false;

        await writer.WriteLineAsync(turn == SmtpTurn.RefuseMail ? "554 no" : "250 taken");
        if (turn != SmtpTurn.RefuseMail)
            await _taken.Writer.WriteAsync(mail, _stop.Token);
        return true;
    }
}
