using System.Text;
using Microsoft.Extensions.Primitives;
using Sojourn.Ingest;
using Sojourn.Server.Api.Hooks;
using Xunit;

namespace Sojourn.Tests.Server.Hooks;

/// <summary>Who is believed to be a shop.</summary>
[Trait("Threat", "C6")]
public sealed class ShopProofTests
{
    private const string Body = """{"id":1,"token":"abc"}""";

    // printf '%s' BODY | openssl dgst -sha256 -hmac hush -binary | base64
    private const string Signature = "iIn4aUtu+Ngy8gtxaH8EdWTKPIPRUDoAy8PrOGrPeEU=";

    private static readonly HookProof _hush = new(null, null, "hush");

    [Theory]
    [InlineData("X-Shopify-Hmac-Sha256")]
    [InlineData("x-shopify-hmac-sha256")]
    [InlineData("shopify-hmac-sha256")]
    [InlineData("Shopify-Hmac-SHA256")]
    public void Shopifys_signature_is_believed_under_both_of_its_names(string header) =>
        Assert.Null(Judge(HookSource.Shopify, _hush, header: header));

    [Fact]
    public void WooCommerces_signature_is_believed() => Assert.Null(
        Judge(HookSource.WooCommerce, _hush, header: "X-WC-Webhook-Signature"));

    [Theory]
    [InlineData(Body + " ")]
    [InlineData("""{"id": 1,"token":"abc"}""")]
    [InlineData("""{"token":"abc","id":1}""")]
    [InlineData("")]
    public void Another_body_is_not_what_was_signed(string body) =>
        Assert.Equal("signature_invalid", Judge(HookSource.Shopify, _hush, body: body));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("%%%")]
    [InlineData("AAAA")]
    [InlineData("8889f8694b6ef8d832f20b71687f047564ca3c83d1503a00cbc3eb386acf7845")]
    [InlineData("sha256=" + Signature)]
    public void What_is_no_signature_is_not_believed(string? signature) => Assert.Equal(
        "signature_invalid", Judge(HookSource.Shopify, _hush, signature: signature));

    [Fact]
    public void A_good_signature_beside_another_is_not_believed() => Assert.Equal(
        "signature_invalid",
        Judge(HookSource.Shopify, _hush, signature: Signature, second: "AAAA"));

    [Fact]
    public void Another_secret_is_not_believed() => Assert.Equal(
        "signature_invalid", Judge(HookSource.Shopify, new(null, null, "hush ")));

    [Theory]
    [InlineData(999, null)]
    [InlineData(1000, "signature_invalid")]
    public void The_secret_before_signs_until_its_time_is_over(long nowUs, string? code)
    {
        var changed = new HookProof(null, null, "new")
        {
            SecretBefore = "hush",
            BeforeUntilUs = 1000,
        };

        Assert.Equal(code, Judge(HookSource.Shopify, changed, nowUs: nowUs));
    }

    [Theory]
    [InlineData("atlas.myshopify.com", null)]
    [InlineData("ATLAS.myshopify.com", null)]
    [InlineData("other.myshopify.com", "signature_invalid")]
    [InlineData(null, "signature_invalid")]
    public void A_hook_of_one_shop_lets_no_other_in(string? shop, string? code) => Assert.Equal(
        code,
        Judge(HookSource.Shopify, _hush with { Shop = "atlas.myshopify.com" }, shop: shop));

    private static string? Judge(
        HookSource source,
        HookProof proof,
        string body = Body,
        string? signature = Signature,
        string header = "X-Shopify-Hmac-Sha256",
        string? second = null,
        string? shop = null,
        long nowUs = 0)
    {
        var headers = new HeaderDictionary
        {
            [header] = second is null ? signature : new StringValues([signature, second]),
            ["X-Shopify-Shop-Domain"] = shop,
        };
        return ShopProof.Judge(
            proof, ShopHeaders.Of(source, headers), Encoding.UTF8.GetBytes(body), nowUs)?.Code;
    }
}
