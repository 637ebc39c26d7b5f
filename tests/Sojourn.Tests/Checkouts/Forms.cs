using Sojourn.Events;
using Sojourn.Events.Classification;
using Sojourn.Events.Rules;
using Sojourn.Kinds.Checkouts;
using Sojourn.Kinds.Checkouts.Reasons;

using Sojourn.Sessions;
using Xunit;

namespace Sojourn.Tests.Checkouts;

/// <summary>Folds what happens on one order form, called k; times are in seconds.</summary>
internal static class Forms
{
    public const string Form =
        "'required':['name','phone','address','card'],"
        + "'sections':{'contact':['name','phone'],'delivery':['address'],'payment':['card']}";

    public static readonly ProjectSettings Dinars =
        ProjectSettings.Default with { Currency = "DZD" };

    private static readonly CheckoutKind _kind = new();

    /// <summary>An event on the form.</summary>
    /// <param name="second">After <see cref="Some.Start"/>.</param>
    /// <param name="name">Its name.</param>
    /// <param name="more">
    /// Properties besides the id, as members of an object, with ' for the double quote.
    /// </param>
    /// <param name="trust">How far it is believed.</param>
    public static Event At(
        double second, string name, string more = "", Trust trust = Trust.Claimed) =>
        Some.Event(
            name, device: "d1", trust: trust,
            properties: $"{{'checkout_id':'k'{(more.Length > 0 ? "," + more : "")}}}"
                .Replace('\'', '"')) with
        {
            TimeUs = Us(second),
        };

    /// <summary>Microseconds UTC of a second after <see cref="Some.Start"/>.</summary>
    public static long Us(double second) => Micros.From(Some.Start.AddSeconds(second));

    public static Event Started(double second = 0, string more = "") =>
        At(second, "checkout_started", more.Length > 0 ? $"{Form},{more}" : Form);

    public static Event Filled(double second, string field, bool valid = true) => At(
        second, "checkout_field",
        $"'field':'{field}','action':'change','filled':true,"
        + $"'valid':{(valid ? "true" : "false")}");

    public static Event Order(
        double second, string id = "o1", Trust trust = Trust.Verified, string more = "") => At(
        second, "order_submitted",
        $"'order_id':'{id}','total':5000,'currency':'DZD'{more}", trust);

    /// <summary>The last session of the form.</summary>
    public static Session Session(params Event[] events) => Session(Dinars, events);

    public static Session Session(ProjectSettings settings, params Event[] events) =>
        Session(settings, [], events);

    public static Session Session(
        ProjectSettings settings, IEnumerable<StaffAction> actions, params Event[] events) =>
        Sessionizer.All([_kind], settings, EachAlone.Nothing, events, actions)[^1];

    public static Checkout Of(params Event[] events) =>
        Assert.IsType<Checkout>(Session(events).Detail);

    /// <summary>Why it was left.</summary>
    public static Reason Why(params Event[] events) => Of(events).Reason!.Shown;

    public static string StatusAt(double second, params Event[] events) =>
        Session(events).Lifecycle.StatusAt(Us(second));

    public static ProjectSettings With(string set, string json) => Dinars with
    {
        Rules = new Dictionary<string, RuleText> { [set] = new RuleText(3, json) },
    };
}
