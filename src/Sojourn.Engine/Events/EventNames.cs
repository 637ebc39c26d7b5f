namespace Sojourn.Events;

/// <summary>
/// Event names with a meaning; any other name is welcome too. Source: docs/guide/events.md.
/// </summary>
public static class EventNames
{
    /// <summary>A page was seen.</summary>
    public const string PageView = "page_view";

    /// <summary>A screen of an app was seen.</summary>
    public const string ScreenView = "screen_view";

    /// <summary>A page is still open.</summary>
    public const string PagePing = "page_ping";

    /// <summary>Who it is: labels a device, and joins people when verified.</summary>
    public const string Identify = "identify";

    /// <summary>Two names of one person: <c>previous_id</c> is also the event's user.</summary>
    public const string Alias = "alias";

    /// <summary>
    /// An alias was taken back: <c>alias_id</c> is its event, of the same user. Believed of
    /// staff alone.
    /// </summary>
    public const string AliasUndone = "alias_undone";

    /// <summary>A mail was opened.</summary>
    public const string EmailOpen = "email_open";

    /// <summary>A link of a mail was followed.</summary>
    public const string EmailClick = "email_click";

    /// <summary>A form was sent.</summary>
    public const string FormSubmit = "form_submit";

    /// <summary>True when something was only looked at.</summary>
    public static bool IsView(string name) => name is PageView or ScreenView or "screen";

    /// <summary>True for what mail does on its way, and for its being opened or followed.</summary>
    public static bool IsMail(string name) =>
        name is EmailOpen or EmailClick || MailEventNames.IsOfProvider(name);
}
