using Sojourn.Events;
using Sojourn.Kinds.Checkouts;
using Sojourn.Sessions;

namespace Sojourn.Server.Commands.Demo;

/// <summary>How the shop's staff follow forms that were left.</summary>
/// <param name="dice">Chooses how it goes.</param>
/// <param name="tell">Writes down the orders it brings.</param>
internal sealed class DemoStaff(Dice dice, DemoTeller tell)
{
    private const double FollowedShare = 0.45;

    // The shop took on its agents not long ago; forms left before were never followed.
    private static readonly long FollowedForUs = Micros.From(TimeSpan.FromDays(18));

    private static readonly string[] Agents = ["Salima", "Djamel", "Wassila"];

    private static readonly string[] Notes =
    [
        "Demande la livraison au bureau plutôt qu'à domicile.",
        "Rappeler après 18 h.",
        "يريد معرفة مقاس الزربية قبل الطلب.",
        "Hésite sur la couleur, photos envoyées.",
        "Trouve la livraison chère, 10 % proposés.",
    ];

    private static readonly string[] ContactChannels =
        ["phone", "phone", "whatsapp", "whatsapp", "sms", "email"];

    private readonly List<StaffMove> _moves = [];

    /// <summary>What they did until an instant, in order.</summary>
    /// <param name="left">The forms.</param>
    /// <param name="untilUs">The end, microseconds UTC.</param>
    public IReadOnlyList<StaffMove> Follow(IReadOnlyList<LeftForm> left, long untilUs)
    {
        var sinceUs = untilUs - FollowedForUs;
        foreach (var form in left.Where(one => one.CanBeCalled && one.AtUs >= sinceUs))
        {
            if (dice.Chance(FollowedShare))
                Call(form);
        }

        return [.. _moves.Where(move => move.AtUs <= untilUs).OrderBy(move => move.AtUs)];
    }

    private void Call(LeftForm left)
    {
        var agent = dice.Pick(Agents);
        var atUs = left.AtUs + dice.Minutes(25, 1500);
        void Move(string type, string? to, string? text = null)
        {
            atUs += dice.Seconds(1, 5);
            _moves.Add(new StaffMove(left.Form.Id, atUs, type, to, text, agent));
        }

        if (dice.Chance(0.12))
        {
            Move(ActionTypes.Status, CheckoutStatus.Lost);
            return;
        }

        Move(ActionTypes.Assign, null, agent);
        Move(CheckoutActions.Contact, dice.Pick(ContactChannels));
        if (dice.Chance(0.35))
            Move(ActionTypes.Note, null, dice.Pick(Notes));
        if (dice.Chance(0.3))
        {
            OrderAfterAll(left, atUs);
            return;
        }

        if (!dice.Chance(0.7))
            return;

        atUs += dice.Minutes(10, 600);
        Move(ActionTypes.Status, CheckoutStatus.Negotiating);
        atUs += dice.Minutes(30, 1400);
        if (dice.Chance(0.4))
            Move(ActionTypes.Status, CheckoutStatus.Recovered);
        else if (dice.Chance(0.6))
            Move(ActionTypes.Status, CheckoutStatus.Lost);
    }

    private void OrderAfterAll(LeftForm left, long contactedUs) => tell.Server(
        left.Form.Scene, "order_submitted", contactedUs + dice.Minutes(20, 2000),
        left.Form.OrderNow());
}

/// <summary>Something staff did to a checkout.</summary>
/// <param name="Checkout">The checkout's id.</param>
/// <param name="AtUs">When, microseconds UTC.</param>
/// <param name="Type">One of <see cref="ActionTypes"/>.</param>
/// <param name="To">The status, or null.</param>
/// <param name="Text">The words, or null.</param>
/// <param name="Actor">Who.</param>
internal sealed record StaffMove(
    string Checkout, long AtUs, string Type, string? To, string? Text, string Actor)
{
    /// <summary>The checkout's session: the first run under its id.</summary>
    public SessionId Session => new('c', Fingerprint.Of(Checkout), 1);
}
