using System.Globalization;
using Sojourn.Events;

namespace Sojourn.Benchmarks;

/// <summary>What happens on synthetic order forms: two events each, always the same.</summary>
internal static class FormEvents
{
    private const string Phone =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
        + "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

    private static readonly string[] Names = ["Amina", "Karim", "Lucie", "مهدي"];

    private static readonly string[] Wilayas = ["16", "31", "06", "25", "Paris"];

    /// <summary>The events of one form.</summary>
    /// <param name="form">Which, from 0.</param>
    /// <param name="nowUs">The instant before which it all happened.</param>
    public static IEnumerable<Event> Of(int form, long nowUs)
    {
        var startUs = nowUs - Micros.From(TimeSpan.FromHours(1))
            - (long)(form * 7_919L % 8_640_000) * 1_000_000;
        var number = form.ToString(CultureInfo.InvariantCulture);
        var filled = string.Join(',', new[] { "\"name\"", "\"phone\"", "\"city\"" }.Take(form % 4));
        yield return Make("s" + number, "checkout_started", form, startUs, $$"""
            {"checkout_id":"k{{number}}","required":["name","phone","city","pay"],
            "sections":{"contact":["name","phone"],"delivery":["city"],"payment":["pay"]},
            "filled":[{{filled}}],"customer":{"name":"{{Names[form % 4]}} {{number}}",
            "phone":"0551{{form % 1_000_000:D6}}","wilaya":"{{Wilayas[form % 5]}}"},
            "product":{"name":"Teapot","price":{{1000 + form % 9000}}},"currency":"DZD"}
            """);
        yield return Make(
            "l" + number, form % 3 == 0 ? "checkout_coupon" : "checkout_left", form,
            startUs + 60_000_000,
            $$"""{"checkout_id":"k{{number}}","code":"SALE","accepted":false}""");
    }

    private static Event Make(string id, string name, int form, long atUs, string properties) =>
        new()
        {
            Id = id,
            Name = name,
            AnonymousId = "d" + form.ToString(CultureInfo.InvariantCulture),
            TimeUs = atUs,
            OccurredUs = atUs,
            ReceivedUs = atUs,
            Trust = Trust.Claimed,
            Context = form % 2 == 0
                ? EventContext.None with { UserAgent = Phone } : EventContext.None,
            Properties = Properties.FromJson(properties),
        };
}
