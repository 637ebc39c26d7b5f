using Sojourn.Server.Pages.EventBrowser;
using Xunit;

namespace Sojourn.Tests.Server;

/// <summary>A mistyped name leads to the one that was meant.</summary>
public sealed class CloseNamesTests
{
    private static readonly string[] Known =
        ["page_view", "page_visible", "checkout_started", "email_open", "Order Completed"];

    [Theory]
    [InlineData("pageview", "page_view")]
    [InlineData("order_completed", "Order Completed")]
    [InlineData("chekout_startd", "checkout_started")]
    [InlineData("email", "email_open")]
    [InlineData("page_vieble", "page_visible")]
    [InlineData("refund", "")]
    [InlineData("__", "")]
    public void Names_are_close_by_letters(string asked, string close) =>
        Assert.Equal(close, string.Join(',', CloseNames.To(asked, Known)));
}
