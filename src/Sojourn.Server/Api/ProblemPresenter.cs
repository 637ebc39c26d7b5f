namespace Sojourn.Server.Api;

/// <summary>
/// How a refusal is shown to whoever asked, when plain <c>application/problem+json</c> is not
/// for them; a feature of the request.
/// </summary>
internal delegate Task ProblemPresenter(HttpContext context, Problem problem);
