using Sojourn.Sessions;

namespace Sojourn.Server.Pages.Persons;

/// <summary>What merging with another person would mean.</summary>
/// <param name="With">The id or e-mail that was typed.</param>
/// <param name="Kept">Who both would be; null when they cannot be merged.</param>
/// <param name="Moved">The ids that would become that person's.</param>
/// <param name="Preview">What sessions would do; null when that is too much to say.</param>
/// <param name="Fault">Why they cannot be merged, in English; null when they can.</param>
public sealed record MergeScreen(
    string With,
    Person? Kept,
    IReadOnlyList<PersonIdentity> Moved,
    AliasPreview? Preview,
    string? Fault);
