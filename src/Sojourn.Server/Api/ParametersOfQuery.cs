namespace Sojourn.Server.Api;

/// <summary>The parameters of a question, without those that belong to the route.</summary>
internal static class ParametersOfQuery
{
    /// <summary>Names and texts in the order written.</summary>
    /// <param name="context">The request.</param>
    /// <param name="own">The names the route reads itself.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Parameters(
        this HttpContext context, params ReadOnlySpan<string> own)
    {
        var found = new List<KeyValuePair<string, string>>();
        // A key has its project; people name theirs.
        var isSignedIn = context.CallerOrNobody().SignIn is not null;
        foreach (var (name, values) in context.Request.Query)
        {
            if (own.Contains(name) || (name == "project" && isSignedIn))
                continue;
            foreach (var value in values)
                found.Add(new(name, value ?? ""));
        }

        return found;
    }
}
