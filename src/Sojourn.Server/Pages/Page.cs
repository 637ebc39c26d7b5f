using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Sojourn.Server.Pages;

/// <summary>A page as an answer.</summary>
internal static class Page
{
    // Everything comes from this server, nothing is written inside the page, nobody may frame it.
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>A component as a whole page.</summary>
    /// <param name="parameters">What the component is given.</param>
    /// <param name="status">The HTTP status.</param>
    public static IResult Of<TPage>(
        Dictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent => new Answer(
            new RazorComponentResult<TPage>(parameters)
            {
                StatusCode = status,
                PreventStreamingRendering = true,
            });

    private sealed class Answer(IResult page) : IResult
    {
        public Task ExecuteAsync(HttpContext context)
        {
            context.Response.Headers.ContentSecurityPolicy = ContentPolicy;
            return page.ExecuteAsync(context);
        }
    }
}
