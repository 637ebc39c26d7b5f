using Sojourn.Kinds.Checkouts;
using Sojourn.Kinds.Checkouts.Recovery;
using Sojourn.Server.Api;
using Sojourn.Storage;

namespace Sojourn.Server.Discounts;

/// <summary>A code that a program offers is taken, so that nobody else offers the same.</summary>
internal sealed class DiscountClaim(DiscountCodes codes) : IActionClaim
{
    private static readonly Problem Taken = new(
        409, "discount_taken", "This code was offered before; each is for one order.",
        "Offer other letters. GET /v1/discounts/{code} tells for whom it is.")
    { Field = "to" };

    /// <inheritdoc/>
    public async Task<Problem?> TakeAsync(ActionRequest request, CancellationToken cancel) =>
        CodeOf(request) is not { } code
        || await codes.TakeAsync(request.Project, request.Session.ToString(), code, cancel)
            ? null
            : Taken;

    /// <inheritdoc/>
    public Task ReturnAsync(ActionRequest request, CancellationToken cancel) =>
        CodeOf(request) is { } code
            ? codes.LeaveAsync(request.Project, code, cancel)
            : Task.CompletedTask;

    // What is no code is refused by what reads the action.
    private static string? CodeOf(ActionRequest request) =>
        request.Type == CheckoutActions.Discount && Discount.IsCode(request.To)
            ? request.To
            : null;
}
