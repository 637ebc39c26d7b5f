using Sojourn.Events;
using Xunit;

namespace Sojourn.Tests.Events;

public sealed class EventContentTests
{
    private static readonly Event _event = Some.Event(
        id: "e1", user: "ada", device: "dev", seq: 1,
        context: new EventContext { Ip = "192.0.2.1", Url = "https://x.test/" },
        properties: """{"a":1}""");

    /// <summary>Everything a sender tells, changed one by one.</summary>
    public static TheoryData<string> Told { get; } =
        ["name", "user", "device", "time", "seq", "trust", "url", "ip", "campaign", "property"];

    [Theory]
    [MemberData(nameof(Told))]
    public void Whatever_the_sender_tells_makes_other_content(string part) =>
        Assert.NotEqual(
            EventContent.FingerprintOf(_event), EventContent.FingerprintOf(Changed(part)));

    [Fact]
    public void When_it_was_sent_and_what_we_added_is_no_content() =>
        Assert.Equal(
            EventContent.FingerprintOf(_event),
            EventContent.FingerprintOf(_event with
            {
                SentUs = 5,
                ReceivedUs = 6,
                TimeUs = 7,
                ClockSuspect = true,
            }));

    [Fact]
    public void A_browser_that_sends_again_from_another_network_repeats_itself()
    {
        var claimed = _event with { Trust = Trust.Claimed };

        Assert.Equal(
            EventContent.FingerprintOf(claimed),
            EventContent.FingerprintOf(claimed with
            {
                Context = claimed.Context with { Ip = "198.51.100.1" },
            }));
    }

    private static Event Changed(string part) => part switch
    {
        "name" => _event with { Name = "other" },
        "user" => _event with { UserId = null },
        "device" => _event with { AnonymousId = "other" },
        "time" => _event with { OccurredUs = 1 },
        "seq" => _event with { Seq = null },
        "trust" => _event with { Trust = Trust.Claimed },
        "url" => _event with { Context = _event.Context with { Url = null } },
        "ip" => _event with { Context = _event.Context with { Ip = null } },
        "campaign" => _event with
        {
            Context = _event.Context with { Campaign = new("n", null, null, null, null) },
        },
        _ => _event with { Properties = Properties.FromJson("""{"a":2}""") },
    };
}
