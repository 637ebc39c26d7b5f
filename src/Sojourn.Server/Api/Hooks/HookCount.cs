namespace Sojourn.Server.Api.Hooks;

/// <summary>What came by a hook since the server started.</summary>
/// <param name="LastUs">The last request that was let in, microseconds UTC; 0 = none was.</param>
/// <param name="Accepted">Events stored.</param>
/// <param name="Duplicates">Events that were there already.</param>
/// <param name="Rejected">Events that were refused.</param>
internal readonly record struct HookCount(
    long LastUs, long Accepted, long Duplicates, long Rejected)
{
    /// <summary>The counts with one more request.</summary>
    public HookCount With(long atUs, TakenIn taken) => new(
        atUs,
        Accepted + taken.Accepted,
        Duplicates + taken.Duplicates,
        Rejected + taken.Rejected.Count);
}
