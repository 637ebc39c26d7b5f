using System.Globalization;
using System.Text.Json.Nodes;
using Sojourn.Events;
using Sojourn.Events.Classification;
using Sojourn.Ingest;
using Sojourn.Kinds.Checkouts;
using Sojourn.Server.Api;
using Sojourn.Storage;

namespace Sojourn.Server.Outreach;

/// <summary>What the recovery link in a message opens.</summary>
internal sealed class RecoveryDoor(
    IStore store, RecoveryLinks links, OutreachBook book, IngestLine line, TimeProvider clock)
{
    private static readonly long MinuteUs = Micros.From(TimeSpan.FromMinutes(1));

    /// <summary>Where the link leads that ends with a token; null = nowhere.</summary>
    public async Task<RecoveryWay?> FindAsync(string token, CancellationToken cancel) =>
        await links.ReadAsync(token, cancel) is { } mark
        && store.FindProject(mark.Project) is { } project
        && await store.FindSessionAsync(project.Id, mark.Session, cancel) is
        { Detail: Checkout checkout }
        && RecoveryTarget.Of(book.Current(project).Settings, checkout) is { } target
            ? new RecoveryWay(mark, checkout.CheckoutId, target)
            : null;

    /// <summary>
    /// Notes that the customer followed a link: one event for a link and minute, and none for a
    /// machine. The customer goes on even when it cannot be stored.
    /// </summary>
    /// <param name="way">The link.</param>
    /// <param name="by">Who followed it.</param>
    public async Task NoteAsync(RecoveryWay way, EventContext by)
    {
        var click = ClickOf(way, by);
        if (by.UserAgent is not null && SuppressionRules.Default.RuleFor(click) is null)
        {
            // Whoever goes on does not wait to hear that it is stored.
            await line.SubmitAsync(way.Mark.Project, [click], CancellationToken.None);
        }
    }

    private Event ClickOf(RecoveryWay way, EventContext by)
    {
        var (mark, nowUs) = (way.Mark, clock.NowUs());
        var told = new JsonObject
        {
            ["checkout_id"] = way.CheckoutId,
            ["channel"] = mark.Channel,
        };
        if (mark.Rule.Length > 0)
            (told["rule"], told["step"]) = (mark.Rule, mark.Step);
        return new Event
        {
            Id = string.Create(
                CultureInfo.InvariantCulture,
                $"recovery-{mark.Session}-{mark.Channel}-{nowUs / MinuteUs}"),
            Name = "recovery_clicked",
            TimeUs = nowUs,
            ReceivedUs = nowUs,
            Trust = Trust.Verified,
            Context = by,
            Properties = Properties.FromJson(told.ToJsonString()),
        };
    }
}

/// <summary>A recovery link that leads somewhere.</summary>
/// <param name="Mark">What it says of itself.</param>
/// <param name="CheckoutId">The checkout, as the shop calls it.</param>
/// <param name="Target">Where the customer goes on.</param>
internal sealed record RecoveryWay(RecoveryMark Mark, string CheckoutId, Uri Target);
