using Sojourn.Events;
using Xunit;

namespace Sojourn.Tests.Events;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("19.99", "eur", "19.99 EUR")]
    [InlineData("19.995", "EUR", "20.00 EUR")]
    [InlineData("19.985", "EUR", "19.98 EUR")]
    [InlineData("-5", "USD", "-5.00 USD")]
    [InlineData("1500", "JPY", "1500 JPY")]
    [InlineData("1.2345", "KWD", "1.234 KWD")]
    public void Amounts_have_the_places_of_their_currency(
        string amount, string currency, string text) =>
        Assert.Equal(text, Money.From(Decimal(amount), currency)?.ToString());

    [Theory]
    [InlineData("1", "EURO")]
    [InlineData("1", "E1R")]
    [InlineData("1", "")]
    [InlineData("79228162514264337593543950335", "EUR")]
    public void What_is_no_amount_is_none(string amount, string currency) =>
        Assert.Null(Money.From(Decimal(amount), currency));

    [Fact]
    public void Only_one_currency_adds_up()
    {
        Assert.Equal(new Money(30, "EUR"), new Money(10, "EUR") + new Money(20, "EUR"));
        Assert.Throws<InvalidOperationException>(
            () => new Money(10, "EUR") + new Money(20, "USD"));
    }

    private static decimal Decimal(string text) =>
        decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
