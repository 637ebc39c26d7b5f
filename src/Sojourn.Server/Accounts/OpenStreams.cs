using System.Collections.Concurrent;
using Sojourn.Server.Api;

namespace Sojourn.Server.Accounts;

/// <summary>
/// Ends the streams of people who may not read them any more: at once when their sign-in is
/// taken away here, within seconds when it ends elsewhere or their role changes.
/// </summary>
internal sealed class OpenStreams : BackgroundService
{
    private static readonly TimeSpan CheckedEvery = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<HttpContext, (string SignIn, Role Role)> _open = [];
    private readonly SignIns _signIns;
    private readonly TimeProvider _clock;

    public OpenStreams(SignIns signIns, TimeProvider clock)
    {
        (_signIns, _clock) = (signIns, clock);
        signIns.Ended += Check;
    }

    /// <summary>Watches a request until what is returned is disposed of.</summary>
    /// <param name="context">The request.</param>
    /// <param name="signedIn">Who reads.</param>
    /// <param name="role">The role it takes.</param>
    public IDisposable Watch(HttpContext context, SignedIn signedIn, Role role)
    {
        _open[context] = (signedIn.Id, role);
        return new Watched(_open, context);
    }

    public override void Dispose()
    {
        _signIns.Ended -= Check;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(CheckedEvery, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                Check();
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    /// <summary>Ends every stream whose reader may not read it any more.</summary>
    public void Check()
    {
        foreach (var (context, (signIn, role)) in _open)
        {
            if (IsStream(context) && !(_signIns.FindId(signIn)?.Account.Role >= role))
                context.Abort();
        }
    }

    // Other requests are over soon; cutting them would cut the answer to signing out.
    private static bool IsStream(HttpContext context) =>
        context.Response.ContentType == "text/event-stream";

    private sealed class Watched(
        ConcurrentDictionary<HttpContext, (string SignIn, Role Role)> open, HttpContext context)
        : IDisposable
    {
        public void Dispose() => open.TryRemove(context, out _);
    }
}
