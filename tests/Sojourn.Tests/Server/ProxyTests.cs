using System.Net;
using Sojourn.Queries;
using Sojourn.Server.Api;
using Xunit;

namespace Sojourn.Tests.Server;

/// <summary>Only a proxy that the operator named is believed about who sends.</summary>
[Trait("Threat", "C9")]
public sealed class ProxyTests
{
    private const string Event = """[{"id":"1","name":"page_view","anonymous_id":"a"}]""";

    [Theory]
    [InlineData(null, "203.0.113.7", "127.0.0.1")]
    [InlineData("192.0.2.0/24", "203.0.113.7", "127.0.0.1")]
    [InlineData("127.0.0.1", "203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.0/8", "203.0.113.7, 127.0.0.9", "203.0.113.7")]
    [InlineData("127.0.0.1", "::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1", "nonsense", "127.0.0.1")]
    [InlineData("127.0.0.1", "203.0.113.7, nonsense", "127.0.0.1")]
    public async Task A_visitors_address_is_that_before_the_named_proxies(
        string? proxy, string forwarded, string expected)
    {
        await using var server = await TestServer.StartAsync(Network(proxy));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events")
        {
            Content = new StringContent(Event),
            Headers = { { "X-Forwarded-For", forwarded } },
        };

        using var answer = await server.Browser.SendAsync(
            request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var stored = await server.Store.EventsAsync(
            server.Project.Id, new EventQuery(), TestContext.Current.CancellationToken);
        Assert.Equal(expected, Assert.Single(stored.Items).Event.Context.Ip);
    }

    [Fact]
    public async Task A_thousand_hops_are_not_followed()
    {
        await using var server = await TestServer.StartAsync(Network("127.0.0.0/8"));
        var hops = string.Join(", ", Enumerable.Repeat("127.0.0.2", 1_000).Prepend("203.0.113.7"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events")
        {
            Content = new StringContent(Event),
            Headers = { { "X-Forwarded-For", hops } },
        };

        using var answer = await server.Browser.SendAsync(
            request, TestContext.Current.CancellationToken);

        var stored = await server.Store.EventsAsync(
            server.Project.Id, new EventQuery(), TestContext.Current.CancellationToken);
        Assert.Equal("127.0.0.2", Assert.Single(stored.Items).Event.Context.Ip);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("10.0.0.0/8", true)]
    [InlineData("10.0.0.0/33", false)]
    [InlineData("proxy.example", false)]
    [InlineData("", false)]
    public void A_proxy_is_an_address_or_a_network(string text, bool isRead)
    {
        Assert.Equal(isRead, Proxies.TryRead(text, out _));
    }

    private static IPNetwork[] Network(string? text) =>
        text is not null && Proxies.TryRead(text, out var network) ? [network] : [];
}
