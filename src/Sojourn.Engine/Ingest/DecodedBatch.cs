using Sojourn.Events;

namespace Sojourn.Ingest;

/// <summary>What a body held.</summary>
/// <param name="Events">The events taken, in the order sent.</param>
/// <param name="Indexes">For each of them, its place in the body, from 0.</param>
/// <param name="Refused">Those not taken, in the order sent.</param>
/// <param name="Remarks">What the sender should know about those taken.</param>
public sealed record DecodedBatch(
    IReadOnlyList<Event> Events,
    IReadOnlyList<int> Indexes,
    IReadOnlyList<Refusal> Refused,
    IReadOnlyList<Remark> Remarks);
