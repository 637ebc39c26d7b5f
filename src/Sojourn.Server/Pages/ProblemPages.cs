using Sojourn.Server.Api;

namespace Sojourn.Server.Pages;

/// <summary>People who open an address in a browser read why it does not work on a page.</summary>
internal sealed class ProblemPages(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (IsForPeople(context.Request))
            context.Features.Set<ProblemPresenter>(ShowAsync);
        return next(context);
    }

    private static bool IsForPeople(HttpRequest request) =>
        !request.Path.StartsWithSegments("/v1")
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    private static Task ShowAsync(HttpContext context, Problem problem) =>
        Page.Of<ProblemPage>(new() { ["Of"] = problem }, problem.Status)
            .ExecuteAsync(context);
}
