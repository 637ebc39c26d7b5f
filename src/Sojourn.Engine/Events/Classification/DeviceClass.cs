namespace Sojourn.Events.Classification;

/// <summary>The class of device a user agent tells of.</summary>
public static class DeviceClass
{
    /// <summary>A phone.</summary>
    public const string Mobile = "mobile";

    /// <summary>A tablet.</summary>
    public const string Tablet = "tablet";

    /// <summary>A computer.</summary>
    public const string Desktop = "desktop";

    /// <summary>
    /// The class, or null when the user agent does not tell. An iPad that asks for desktop
    /// pages calls itself a Macintosh and cannot be told from one.
    /// </summary>
    public static string? Of(string? userAgent)
    {
        if (string.IsNullOrEmpty(userAgent))
            return null;
        if (Has("iPad") || Has("Tablet") || Has("PlayBook") || Has("Kindle") || Has("Silk/")
            || (Has("Android") && !Has("Mobile")))
        {
            return Tablet;
        }

        if (Has("Mobi") || Has("iPhone") || Has("iPod") || Has("Android") || Has("Opera Mini")
            || Has("Windows Phone") || Has("BlackBerry") || Has("BB10"))
        {
            return Mobile;
        }

        return Has("Windows") || Has("Macintosh") || Has("X11") || Has("Linux") || Has("CrOS")
            ? Desktop
            : null;

        bool Has(string part) => userAgent.Contains(part, StringComparison.Ordinal);
    }
}
