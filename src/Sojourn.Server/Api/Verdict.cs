using Sojourn.Server.Accounts;

namespace Sojourn.Server.Api;

/// <summary>Whether a request may go on: as whom, or why not.</summary>
/// <param name="Caller">Who asks; null when it may not go on.</param>
/// <param name="Problem">Why not; null when it may, or when a browser is sent elsewhere.</param>
/// <param name="GoTo">Where a browser is sent instead; null when it is not.</param>
internal readonly record struct Verdict(Caller? Caller, Problem? Problem, string? GoTo = null)
{
    public static implicit operator Verdict(Caller caller) => new(caller, null);

    public static implicit operator Verdict(Problem problem) => new(null, problem);

    /// <summary>To the page for signing in, and back here after it.</summary>
    public static Verdict SignInAt(HttpRequest request)
    {
        // What was posted is not sent again: its page is the place to go on.
        var back = HttpMethods.IsGet(request.Method)
            ? request.Path + request.QueryString
            : request.GetTypedHeaders().Referer is { IsAbsoluteUri: true } page
                && page.Authority == request.Host.Value
                ? page.PathAndQuery
                : "/";
        var path = LocalPath.Of(back);
        return new Verdict(
            null, null, path == "/" ? "/sign-in" : "/sign-in?return=" + Uri.EscapeDataString(path));
    }

    /// <summary>Answers, when the request may not go on.</summary>
    public Task RefuseAsync(HttpContext context)
    {
        if (Problem is not null)
            return Problem.WriteAsync(context);

        // A script would put the page for signing in where a part of its own page belongs.
        if (context.Request.Headers.ContainsKey("HX-Request"))
        {
            context.Response.Headers["HX-Redirect"] = GoTo;
            return Problems.SignedOut.WriteAsync(context);
        }

        context.GoTo(GoTo!); // One of the three is there.
        return Task.CompletedTask;
    }
}
