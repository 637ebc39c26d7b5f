using Sojourn.Server.Accounts;
using Sojourn.Server.Pages.Layout;

namespace Sojourn.Server.Pages.Settings;

/// <summary>Draws the page of people.</summary>
internal sealed class PeopleScreen(Staff staff, Frame frame, PublicAddress address)
{
    /// <summary>Everybody, and what there is to say.</summary>
    public async Task<IResult> DrawAsync(
        HttpContext context, PeopleSaid said, int status = StatusCodes.Status200OK)
    {
        await frame.LoadAsync(context.RequestAborted);
        var request = context.Request;
        return Page.Of<PeoplePage>(
            new()
            {
                [nameof(PeoplePage.Accounts)] = staff.All,
                [nameof(PeoplePage.Link)] = said.Link is null
                    ? null
                    : address.LinkTo(said.Link, $"{request.Scheme}://{request.Host}"),
                [nameof(PeoplePage.LinkOf)] = said.LinkOf,
                [nameof(PeoplePage.Email)] = said.Email,
                [nameof(PeoplePage.Fault)] = said.Fault,
            },
            status);
    }
}

/// <summary>What the page of people says besides who is there.</summary>
/// <param name="Email">The e-mail that was written; empty = none.</param>
/// <param name="Fault">What is wrong with what was sent; null = nothing.</param>
/// <param name="Link">The path of a link just made; null = none was.</param>
/// <param name="LinkOf">Whose link it is.</param>
internal sealed record PeopleSaid(
    string Email = "", string? Fault = null, string? Link = null, string? LinkOf = null);
