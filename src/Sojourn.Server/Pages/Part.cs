using Microsoft.AspNetCore.Components;

namespace Sojourn.Server.Pages;

/// <summary>A piece of a page: it can reach the request and speaks its language.</summary>
public abstract class Part : ComponentBase
{
    [Inject]
    internal PageContext Here { get; private set; } = null!; // Set before anything is drawn.

    /// <summary>An English text in the language of the page.</summary>
    protected string T(string english) => Here.Language[english];

    /// <summary>An English text with values in its places.</summary>
    protected string T(string english, params object?[] values) =>
        Here.Language.Format(english, values);
}
