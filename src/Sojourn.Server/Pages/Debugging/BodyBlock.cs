using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Sojourn.Server.Pages.Debugging;

/// <summary>
/// JSON as a block to read, with the field at fault marked. Written here and not as markup,
/// because spaces matter in it.
/// </summary>
public sealed class BodyBlock : Part
{
    /// <summary>The JSON, or how it begins.</summary>
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <summary>The field at fault, or null.</summary>
    [Parameter]
    public string? Field { get; set; }

    /// <summary>What stands above it inside the block, or null.</summary>
    [Parameter]
    public string? Head { get; set; }

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
        if (Head is not null)
        {
            Add(builder, "b", Head);
            builder.AddContent(6, "\n");
        }

        foreach (var (part, text) in BodyText.Of(Text, Field))
            Add(builder, TagOf(part), text);
        builder.CloseElement();
    }

    private static string? TagOf(BodyPart part) => part switch
    {
        BodyPart.Name => "b",
        BodyPart.Fault => "mark",
        _ => null,
    };

    private static void Add(RenderTreeBuilder builder, string? tag, string text)
    {
        builder.OpenRegion(5);
        if (tag is null)
        {
            builder.AddContent(0, text);
        }
        else
        {
            builder.OpenElement(1, tag);
            builder.AddContent(2, text);
            builder.CloseElement();
        }

        builder.CloseRegion();
    }
}
