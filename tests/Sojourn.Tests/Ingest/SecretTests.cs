using System.Text;
using Sojourn.Ingest;
using Xunit;

namespace Sojourn.Tests.Ingest;

public sealed class SecretTests
{
    [Theory]
    [InlineData("https://user:pass@x.test/a?b=1", "https://x.test/a?b=1")]
    [InlineData("https://u;token=1:p@x.test/", "https://x.test/")]
    [InlineData("https://x.test/?token=abc&b=1", "https://x.test/?token=***&b=1")]
    [InlineData("https://x.test/?b=1&Access_Token=abc#c", "https://x.test/?b=1&Access_Token=***#c")]
    [InlineData("https://x.test/#id_token=abc&x=1", "https://x.test/#id_token=***&x=1")]
    [InlineData("/cb;jsessionid=abc?x=1", "/cb;jsessionid=***?x=1")]
    [InlineData("/pay?n=4111111111111111", "/pay?n=***")]
    [InlineData("HTTPS://x.test/?password=", null)]
    [InlineData("https://x.test/?utm_source=a@b", null)]
    [InlineData("https://x.test/pay?t=1772445000000", null)]
    [InlineData("/pay?n=4111111111111112", null)]
    [InlineData("some text with ?token=abc", null)]
    public void Secrets_are_cut_out_of_addresses(string url, string? cut)
    {
        var result = UrlSecrets.Cut(Encoding.UTF8.GetBytes(url));

        Assert.Equal(cut, result is null ? null : Encoding.UTF8.GetString(result));
    }

    [Fact]
    public void No_secret_of_an_address_is_stored_wherever_it_stands()
    {
        var e = Decoded.Event(Decoded.With(
            """
            "context":{"url":"https://x.test/?token=marker1",
              "referrer":"https:\/\/x.test\/?sid=marker2"}
            """,
            """
            "properties":{"url":"https://a:marker3@x.test/",
              "deep":[{"u":"https:\/\/x.test\/?jwt=marker4"}]}
            """));

        var stored = $"{e.Context} {e.Properties}";
        Assert.DoesNotContain("marker", stored, StringComparison.Ordinal);
        Assert.Contains("https://x.test/?jwt=***", stored, StringComparison.Ordinal);
    }
}
