using Sojourn.Events;
using Sojourn.Sessions;
using Xunit;

namespace Sojourn.Tests.Sessions;

/// <summary>Properties are what outsiders wrote: no value of any of them may stop a fold.</summary>
public class HostilePropertiesTests
{
    private static readonly string[] Names =
    [
        "checkout_started", "checkout_field", "checkout_error", "checkout_updated",
        "checkout_left", "order_submitted", "order_cancelled", "reservation_created",
        "reservation_updated", "reservation_extended", "reservation_renewed",
        "reservation_cancelled", "checkout_completed", "identify", "alias", "page_view",
    ];

    private static readonly string[] Properties =
    [
        "product", "items", "total", "currency", "required", "field", "filled", "valid",
        "customer", "order_id", "hold_for", "points", "user_id", "previous_id", "email", "traits",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "\"\"", "\"x\"", "[]", "{}", "[null]", "[[1]]", "[{\"price\":\"a\"}]",
        "-1", "0", "1e28", "1e308", "-1e28", "9223372036854775808", "0.0000000000000000000001",
        "79228162514264337593543950335", "\"EUR\"", "\"euro\"", "\"1e27\"",
        "[{\"quantity\":1e27,\"price\":1e27}]", "{\"quantity\":-5,\"price\":1e27,\"name\":7}",
        "[{\"quantity\":999999999,\"price\":999999999},{\"quantity\":999999999,\"price\":1}]",
        "{\"name\":{},\"phone\":[],\"email\":1e400}", "{\"quantity\":\"NaN\",\"price\":\"∞\"}",
    ];

    [Fact]
    public void Every_value_of_every_property_is_survived()
    {
        var random = new Random(7);
        for (var world = 0; world < 300; world++)
        {
            var events = Enumerable.Range(0, 60).Select(_ => Event(random)).ToList();

            var sessions = Sessionizer.All(
                Worlds.Kinds, ProjectSettings.Default, Worlds.SuppressMails, events, []);

            Assert.Contains(sessions, session => session.Kind == "checkout");
            Assert.Contains(sessions, session => session.Kind == "reservation");
        }
    }

    private static Event Event(Random random)
    {
        var told = Properties.Where(_ => random.Next(3) == 0)
            .Select(name => $"\"{name}\":{Values[random.Next(Values.Length)]}")
            .Append($"\"checkout_id\":\"c{random.Next(2)}\"")
            .Append($"\"cart_token\":\"t{random.Next(2)}\"");
        return Some.Event(
            Names[random.Next(Names.Length)],
            minute: random.Next(600),
            properties: $"{{{string.Join(',', told)}}}");
    }
}
