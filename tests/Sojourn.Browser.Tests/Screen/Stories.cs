using System.Text.Json;
using System.Text.Json.Nodes;
using Sojourn.Events;

namespace Sojourn.Browser.Tests.Screen;

/// <summary>Events as a shop, an app and a site tell them, enough for every list.</summary>
internal static class Stories
{
    /// <summary>People in the story of <see cref="OfEverything"/>; one checkout each.</summary>
    public const int People = 24;

    private static long NowUs => TimeProvider.System.NowUs();

    /// <summary>Forms, carts and visits of several people over some hours.</summary>
    public static IReadOnlyList<Event> OfEverything() =>
    [
        .. Enumerable.Range(0, People).SelectMany(OfPerson),
        One("bot-1", "page_view", "crawler", TimeSpan.FromHours(2), new JsonObject
        {
            ["url"] = "https://shop.example/",
        }) with
        {
            Context = new EventContext { UserAgent = "Googlebot/2.1 (+http://www.google.com/bot)" },
        },
    ];

    /// <summary>An order form that was just begun.</summary>
    public static Event Form(string id, string product) =>
        One($"form-{id}", "checkout_started", id, TimeSpan.Zero, new JsonObject
        {
            ["checkout_id"] = id,
            ["product"] = new JsonObject { ["name"] = product, ["price"] = "14900" },
            ["currency"] = "DZD",
            ["required"] = new JsonArray("name", "phone", "wilaya", "address"),
        });

    /// <summary>What the customer of a form told.</summary>
    public static Event Told(string id, string name) =>
        One($"told-{id}", "checkout_updated", id, TimeSpan.Zero, new JsonObject
        {
            ["checkout_id"] = id,
            ["customer"] = new JsonObject
            {
                ["name"] = name,
                ["phone"] = "+213661248807",
                ["city"] = "Hydra",
            },
        });

    /// <summary>Any event.</summary>
    public static Event One(
        string id, string name, string device, TimeSpan ago, JsonObject properties) => new()
        {
            Id = id,
            Name = name,
            AnonymousId = device,
            TimeUs = NowUs - Micros.From(ago),
            ReceivedUs = NowUs,
            Trust = Trust.Verified,
            Context = new EventContext { Country = "DZ", Url = "https://shop.example/rug" },
            Properties = Properties.FromJson(properties.ToJsonString(JsonSerializerOptions.Web)),
        };

    private static IEnumerable<Event> OfPerson(int number)
    {
        var ago = TimeSpan.FromMinutes(45 * number);
        var id = $"p{number:00}";
        var name = number % 3 == 0 ? "عبد الرحمن بوزيد" : $"Amel Ould-Abdesselam {number}";
        yield return At(Form(id, number % 2 == 0 ? "Tapis de Ghardaïa" : "برنوس صوف"), ago);
        yield return At(Told(id, name), ago);
        yield return At(One($"cart-{id}", "reservation_created", id, ago, new JsonObject
        {
            ["cart_token"] = $"cart_{id}",
            ["currency"] = "DZD",
            ["items"] = new JsonArray(new JsonObject
            {
                ["variant"] = "v1",
                ["quantity"] = 1 + (number % 3),
                ["price"] = "14900",
            }),
        }), ago);
        yield return At(One($"who-{id}", "identify", id, ago, new JsonObject
        {
            ["name"] = name,
            ["email"] = $"{id}@people.example",
        }) with
        { UserId = $"usr_{id}" }, ago);
    }

    private static Event At(Event e, TimeSpan ago) => e with { TimeUs = NowUs - Micros.From(ago) };
}
