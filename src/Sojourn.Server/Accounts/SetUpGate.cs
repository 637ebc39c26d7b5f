using Sojourn.Server.Api;

namespace Sojourn.Server.Accounts;

/// <summary>
/// Until there is an account, answers only what is needed to make one. Commands that come
/// through the socket go on working: who may open it owns the data.
/// </summary>
internal sealed class SetUpGate(RequestDelegate next, FirstRun first)
{
    private static readonly Problem NotSetUp = new(
        503, "not_set_up", "Nobody has set this server up yet.",
        "Open the link that sojourn serve printed, or start it with SOJOURN_ADMIN_EMAIL and "
        + "SOJOURN_ADMIN_PASSWORD.")
    { RetryAfter = TimeSpan.FromSeconds(30) };

    public Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (first.IsOver
            || endpoint?.Metadata.GetMetadata<BeforeSetUp>() is not null
            || context.Features.Get<OperatorConnection>() is not null)
        {
            return next(context);
        }

        var isPage = context.Request.Path == "/"
            || endpoint?.Metadata.GetMetadata<Policy>() is { IsPage: true };
        if (!isPage || !HttpMethods.IsGet(context.Request.Method))
            return NotSetUp.WriteAsync(context);

        context.GoTo("/setup");
        return Task.CompletedTask;
    }
}

/// <summary>Marks a route that answers before there is an account.</summary>
internal sealed class BeforeSetUp
{
    /// <summary>The one mark.</summary>
    public static readonly BeforeSetUp Instance = new();
}
