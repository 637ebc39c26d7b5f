using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Sojourn.Server.Pages.Connecting;

/// <summary>
/// Code to copy, with what belongs to this project set off. Written here and not as markup,
/// because spaces matter in it.
/// </summary>
public sealed class CodeBlock : Part
{
    /// <summary>The code.</summary>
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <summary>What in it belongs to this project.</summary>
    [Parameter]
    public IReadOnlyList<string> Own { get; set; } = [];

    /// <summary>What it is, for those who cannot see it.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "pre");
        builder.AddAttribute(1, "class", "code-block");
        builder.AddAttribute(2, "tabindex", "0");
        builder.AddAttribute(3, "role", "region");
        builder.AddAttribute(4, "aria-label", Label);
        var rest = Text;
        while (rest.Length > 0)
        {
            var (at, own) = Nearest(rest);
            builder.AddContent(5, rest[..at]);
            if (own.Length > 0)
            {
                builder.OpenElement(6, "b");
                builder.AddContent(7, own);
                builder.CloseElement();
            }

            rest = rest[(at + own.Length)..];
        }

        builder.CloseElement();
    }

    private (int At, string Own) Nearest(string text) => Own
        .Where(own => own.Length > 0)
        .Select(own => (At: text.IndexOf(own, StringComparison.Ordinal), Own: own))
        .Where(one => one.At >= 0)
        .DefaultIfEmpty((At: text.Length, Own: ""))
        .MinBy(one => one.At);
}
