namespace Sojourn.Server.Api.Hooks;

/// <summary>The refusals that hooks give.</summary>
internal static class HookProblems
{
    public static readonly Problem AddressUnknown = new(
        401, "hook_address_unknown", "This is the address of no hook.",
        "Make a hook under Settings, Mail and webhooks, and give the provider its address.");

    public static readonly Problem Unreadable = new(
        503, "hook_unreadable", "The hook's key or password cannot be read any more.",
        "Set it again under Settings, Mail and webhooks; the provider sends again by itself.")
    {
        RetryAfter = TimeSpan.FromMinutes(5),
    };

    public static readonly Problem Unknown = new(
        404, "hook_unknown", "There is no such hook in this project.",
        "Take the id from GET /v1/hooks.");

    public static readonly Problem TooMany = new(
        409, "too_many_hooks", $"The project has {HookBook.HooksMax} hooks.",
        "Delete one that is not used.");

    /// <summary>Settings that no hook can have.</summary>
    /// <param name="field">The field at fault; null = the whole body.</param>
    /// <param name="hint">What it takes.</param>
    public static Problem Invalid(string? field, string hint) => Malformed with
    {
        Field = field,
        Hint = hint,
    };

    private static readonly Problem Malformed = new(
        400, "hook_settings_invalid", "These settings are of no hook.", "");
}
