using Microsoft.AspNetCore.Components;

namespace Sojourn.Server.Pages.Rules;

/// <summary>The fields of a form for rules.</summary>
public abstract class RuleFields : Part
{
    /// <summary>The set as text, as it is or as it was typed.</summary>
    [Parameter, EditorRequired]
    public string Json { get; set; } = "";
}
