namespace Sojourn.Server.Pages.Lists;

/// <summary>Classes of devices in words and signs.</summary>
internal static class Devices
{
    /// <summary>Words by class.</summary>
    public static IReadOnlyDictionary<string, string> Words { get; } =
        new Dictionary<string, string>
        {
            ["mobile"] = "Mobile",
            ["tablet"] = "Tablet",
            ["desktop"] = "Desktop",
        };

    /// <summary>Signs by class, names in <c>icons.svg</c>.</summary>
    public static IReadOnlyDictionary<string, string> Icons { get; } =
        new Dictionary<string, string>
        {
            ["mobile"] = "mobile",
            ["tablet"] = "tablet",
            ["desktop"] = "desktop",
        };
}
