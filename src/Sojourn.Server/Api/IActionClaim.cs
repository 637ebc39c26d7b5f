using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>Takes what an action needs for itself alone, before it is asked of the store.</summary>
internal interface IActionClaim
{
    /// <summary>Null when it is taken now, or nothing is needed; else why it cannot be.</summary>
    Task<Problem?> TakeAsync(ActionRequest request, CancellationToken cancel);

    /// <summary>Gives back what an action had taken that was then refused.</summary>
    Task ReturnAsync(ActionRequest request, CancellationToken cancel);
}
