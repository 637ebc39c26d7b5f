namespace Sojourn.Ingest.Segment;

/// <summary>What a Segment message is about. Source: Segment's spec, "Spec methods".</summary>
public enum SegmentType
{
    /// <summary>Something was done.</summary>
    Track,

    /// <summary>Who it is.</summary>
    Identify,

    /// <summary>A page was seen.</summary>
    Page,

    /// <summary>A screen of an app was seen.</summary>
    Screen,

    /// <summary>What group the person belongs to.</summary>
    Group,

    /// <summary>Two names of one person.</summary>
    Alias,
}

/// <summary>Recognises types by name.</summary>
internal static class SegmentTypes
{
    /// <summary>The type of a name, or null when there is none of that name.</summary>
    public static SegmentType? Of(string? name) => name switch
    {
        "track" => SegmentType.Track,
        "identify" => SegmentType.Identify,
        "page" => SegmentType.Page,
        "screen" => SegmentType.Screen,
        "group" => SegmentType.Group,
        "alias" => SegmentType.Alias,
        _ => null,
    };
}
