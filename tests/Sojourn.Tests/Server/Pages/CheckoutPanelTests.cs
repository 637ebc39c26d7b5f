using Sojourn.Tests.Checkouts;
using Xunit;

namespace Sojourn.Tests.Server.Pages;

/// <summary>The panel of a checkout says who, what, and why they left.</summary>
public sealed class CheckoutPanelTests : IAsyncLifetime
{
    private TestServer _server = null!; // Set before each test.
    private Reader _reader = null!; // Set before each test.

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _reader = await Reader.SignInAsync(_server);
        await _server.TellAsync(
            Forms.Started(),
            Forms.Filled(3, "name"),
            Forms.At(4, "checkout_updated",
                "'customer':{'name':'Amina','phone':'+213551234567','city':'Oran'},"
                + "'items':[{'name':'Teapot','variant':'blue','price':4500,'quantity':2},"
                + "{'name':'Cup','price':300}],"
                + "'shipping':{'fee':1900,'days':3},'currency':'DZD','total':11200"),
            Forms.Filled(6, "address"));
        _server.Clock.Advance(TimeSpan.FromHours(3));
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task It_has_the_four_tabs_each_with_an_address()
    {
        var page = await OpenAsync("");

        Assert.Equal(
            ["Overview", "Customer Info", "Product Details", "Event Timeline4"],
            page.TextsOf("#panel .tabs a"));
        Assert.Contains("tab=customer", page.QuerySelectorAll("#panel .tabs a")[1].OuterHtml);
    }

    [Fact]
    public async Task Why_they_left_stands_on_the_overview_with_its_evidence()
    {
        var page = await OpenAsync("");

        Assert.Equal("Shipping cost", page.TextOf("#reason"));
        Assert.Equal(
            "The fee of 1,900 DZD is 20% of the cart, and the customer left soon after.",
            page.TextOf(".reason-main p"));
        Assert.Contains("Delivery fee shown: 1,900 DZD", page.TextOf(".evidence li"));
        Assert.StartsWith("Confidence 88%", page.TextOf(".confidence"));
    }

    [Fact]
    public async Task The_customer_can_be_called_from_their_tab()
    {
        var page = await OpenAsync("?tab=customer");

        Assert.NotNull(page.QuerySelector("#panel a[href='tel:+213551234567']"));
        Assert.NotNull(page.QuerySelector("#panel a[href='https://wa.me/213551234567']"));
        Assert.Contains("Oran", page.TextOf("#panel .facts"));
    }

    [Fact]
    public async Task Every_line_of_the_cart_stands_in_the_products_tab()
    {
        var page = await OpenAsync("?tab=product");

        var lines = page.TextsOf("#panel .facts");
        Assert.Equal(3, lines.Count);
        Assert.Contains("blue", lines[0]);
        Assert.Contains("11,200", lines[^1]);
    }

    [Fact]
    public async Task The_list_shows_the_reason_and_counts_it()
    {
        var page = await _reader.OpenAsync("checkouts");

        Assert.Equal("Shipping cost", page.TextOf("td.c-reason"));
        Assert.Contains("Shippingcost1", page.TextOf("#filter-reason").Replace(" ", ""),
            StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("#filter-progress input[value='50-74']"));
    }

    private async Task<AngleSharp.Html.Dom.IHtmlDocument> OpenAsync(string question)
    {
        var listed = await _server.GetAsync("/v1/sessions?lens=checkouts");
        return await _reader.OpenAsync($"checkouts/{listed["items"]![0]!["id"]}{question}");
    }
}
