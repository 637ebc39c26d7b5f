using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>The one place that answers for what went wrong.</summary>
internal sealed class Faults(RequestDelegate next, Ending ending, ILogger<Faults> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The asker has left; there is nobody to answer.
        }
        catch (BadHttpRequestException bad)
        {
            await AnswerAsync(context, bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? Problems.BodyTooLarge
                : new Problem(bad.StatusCode, "request_invalid",
                    "The request could not be read.", "Check its headers and its body's length."));
        }
        catch (Exception failure)
        {
            log.LogError(failure, "{Method} {Path} failed",
                context.Request.Method, PathOf(context));
            ending.Judge(failure);
            await AnswerAsync(context, failure is StoreException or IOException
                ? Problems.Of(failure)
                : Problems.Internal);
        }
    }

    // Where the address is itself a secret, its pattern has to do.
    private static string? PathOf(HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint route
            && route.Metadata.GetMetadata<Policy>() == Policy.SendByHook
            ? route.RoutePattern.RawText
            : context.Request.Path;

    private static Task AnswerAsync(HttpContext context, Problem problem)
    {
        if (context.Response.HasStarted || context.Response.BodyWriter.UnflushedBytes > 0)
        {
            // A cut connection is the only honest end of a half-written answer.
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.Headers.ContentDisposition = default;
        return problem.WriteAsync(context);
    }
}
