using Sojourn.Server.Outreach;
using Sojourn.Storage;

namespace Sojourn.Server.Pages.Outreach;

/// <summary>Everything the page of outreach shows.</summary>
public sealed record OutreachScreen
{
    /// <summary>False when the operator named no mail server.</summary>
    public required bool Sends { get; init; }

    /// <summary>How often the settings were saved; 0 = never.</summary>
    public required int Version { get; init; }

    /// <summary>What is in force.</summary>
    public required OutreachSettings Settings { get; init; }

    /// <summary>The text in the field.</summary>
    public required string Text { get; init; }

    /// <summary>What is wrong with the text; null = nothing.</summary>
    public OutreachFault? Fault { get; init; }

    /// <summary>The project's templates.</summary>
    public required IReadOnlyList<MessageTemplate> Templates { get; init; }

    /// <summary>The newest messages.</summary>
    public required IReadOnlyList<OutboxRow> Messages { get; init; }

    /// <summary>All messages, counted.</summary>
    public required IReadOnlyList<OutboxCount> Counts { get; init; }

    /// <summary>The newest addresses that nothing goes to.</summary>
    public required IReadOnlyList<SuppressedAddress> Suppressed { get; init; }

    /// <summary>What is wrong with an address that was sent; null = nothing.</summary>
    public string? AddressFault { get; init; }

    /// <summary>Messages of a rule in a state, for whatever reason or for one.</summary>
    public long CountOf(string rule, string state, string? why = null) => Counts
        .Where(one => one.Rule == rule && one.State == state && (why is null || one.Why == why))
        .Sum(one => one.Count);
}
