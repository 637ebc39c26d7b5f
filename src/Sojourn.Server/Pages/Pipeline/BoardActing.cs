using System.Globalization;
using System.Text.Json.Nodes;
using Sojourn.Events;
using Sojourn.Kinds.Checkouts;
using Sojourn.Server.Discounts;
using Sojourn.Server.Pages.Lists;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Pages.Pipeline;

/// <summary>What staff do on the board: reads its forms, acts, and tells how it went.</summary>
internal sealed class BoardActing(
    IStore store, DiscountCodes codes, BoardOutcomes outcomes, PageContext here)
{
    /// <summary>Characters of a note or of whom a checkout is given to.</summary>
    private const int TextCharsMax = 8 * 1024;

    private const int ExpiryDaysMax = 365;

    private string Project => here.Project.Id;

    /// <summary>Does what a form asks for.</summary>
    public async Task<Outcome> ActAsync(
        string session, IFormCollection form, CancellationToken cancel)
    {
        if (!SessionId.TryParse(session, out var id))
            return outcomes.Unknown;

        var type = form["type"].ToString();
        return type switch
        {
            CheckoutActions.Discount => await OfferAsync(id, form, cancel),
            CheckoutActions.FollowUp => TryReadTime(form["at"].ToString(), out var at)
                ? await DoAsync(RequestOf(id, type, to: at), cancel)
                : outcomes.NoTime,
            ActionTypes.Status => await DoAsync(
                RequestOf(id, type, to: form["to"]) with { Version = VersionOf(form) }, cancel),
            ActionTypes.Assign or ActionTypes.Note =>
                await DoAsync(RequestOf(id, type, text: TextOf(form)), cancel),
            _ => await DoAsync(RequestOf(id, type, to: TextOrNull(form["to"])), cancel),
        };
    }

    private async Task<Outcome> DoAsync(ActionRequest request, CancellationToken cancel) =>
        outcomes.Of(request, await store.ActAsync(request, cancel));

    private async Task<Outcome> OfferAsync(
        SessionId id, IFormCollection form, CancellationToken cancel)
    {
        if (TermsOf(form) is not { } terms)
            return outcomes.NoTerms;
        if (await codes.MakeAsync(Project, id.ToString(), cancel) is not { } code)
            return outcomes.TooManyCodes;

        var request = RequestOf(id, CheckoutActions.Discount, to: code, text: terms);
        var answer = await store.ActAsync(request, cancel);
        if (answer.Refusal is not null)
            await codes.LeaveAsync(Project, code, cancel);
        return outcomes.Of(request, answer);
    }

    private ActionRequest RequestOf(
        SessionId id, string type, string? to = null, string? text = null) =>
        new(Project, id, null, type, to, text, here.Caller.Actor);

    // What it takes off and until when, as the action wants it; null when that makes no sense.
    private string? TermsOf(IFormCollection form)
    {
        if (!decimal.TryParse(form["value"].ToString().Trim(), NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture, out var value)
            || !int.TryParse(form["days"], NumberStyles.None, null, out var days)
            || days is < 1 or > ExpiryDaysMax)
        {
            return null;
        }

        var terms = new JsonObject
        {
            ["expires"] = Micros.ToText(here.NowUs + Micros.From(TimeSpan.FromDays(days))),
        };
        if (form["unit"] == "percent")
            terms["percent"] = value;
        else
        {
            terms["amount"] = value.ToString(CultureInfo.InvariantCulture);
            terms["currency"] = form["unit"].ToString();
        }

        return terms.ToJsonString();
    }

    // A time of the project's clocks as an instant; null for none at all.
    private bool TryReadTime(string text, out string? instant)
    {
        instant = null;
        if (text.Length == 0)
            return true;
        if (!DateTime.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"],
            CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
        {
            return false;
        }

        var zone = here.Zone;
        var real = zone.IsInvalidTime(at) ? at.AddHours(1) : at;
        instant = Micros.ToText(
            Micros.From(new DateTimeOffset(real, zone.GetUtcOffset(real))));
        return true;
    }

    private static string? TextOf(IFormCollection form) =>
        TextOrNull(form["text"]) is { } text ? text[..Math.Min(text.Length, TextCharsMax)] : null;

    private static string? TextOrNull(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static int? VersionOf(IFormCollection form) =>
        int.TryParse(form["version"], out var version) ? version : null;
}
