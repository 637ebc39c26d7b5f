using Sojourn.Server.Api;
using Sojourn.Server.Outreach;

namespace Sojourn.Server.Pages.Outreach;

/// <summary>
/// The link in each mail. Opening it changes nothing, because programs open links before people
/// do; the button does it, and so does a mail program that sends the same. Who has the token
/// has the mail, so there is nothing to sign in to. Source: RFC 8058.
/// </summary>
internal static class OptOutPages
{
    private const string Path = OutreachComposer.OptOutPath + "{token}";

    public static void MapOptOut(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).Needs(Policy.Anyone);
        routes.MapPost(Path, OptOutAsync).Needs(Policy.Anyone);
    }

    internal static async Task<IResult> ShowAsync(
        string token, OptOutDoor door, PageContext here, CancellationToken cancel) =>
        await door.FindAsync(token, cancel) is { } mail
            ? Answer(mail, here, await door.IsOutAsync(mail, cancel))
            : Page.Of<OptOutPage>([], StatusCodes.Status404NotFound);

    internal static async Task<IResult> OptOutAsync(
        string token, OptOutDoor door, PageContext here, CancellationToken cancel)
    {
        if (await door.FindAsync(token, cancel) is not { } mail)
            return Page.Of<OptOutPage>([], StatusCodes.Status404NotFound);

        await door.OptOutAsync(mail, cancel);
        return Answer(mail, here, isOut: true);
    }

    private static IResult Answer(OpenedMail mail, PageContext here, bool isOut)
    {
        here.Language = Language.Of(mail.Language);
        return Page.Of<OptOutPage>(new()
        {
            [nameof(OptOutPage.Reader)] = new OptOutReader(
                MailAddresses.Masked(mail.Row.Address), mail.Shop, isOut),
        });
    }
}
