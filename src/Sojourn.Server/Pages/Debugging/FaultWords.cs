using Sojourn.Queries;

namespace Sojourn.Server.Pages.Debugging;

/// <summary>Faults of questions in the words of pages.</summary>
internal static class FaultWords
{
    /// <summary>What was left out of an address, and why.</summary>
    public static string Of(Language language, QueryFault fault) => language.Format(
        "“{0}” in the address was left out. {1}",
        fault.Field,
        $"{language[fault.Title]} {language[fault.Hint]}");
}
