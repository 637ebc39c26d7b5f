using Sojourn.Events;
using Xunit;

namespace Sojourn.Tests.Events;

public sealed class PropertiesTests
{
    private static readonly Properties _properties = Properties.FromJson(
        """
        {"big":9223372036854775808,"flag":true,"list":[1],"no":null,
         "price":"49.90","q\"":"é","t":"true"}
        """);

    [Theory]
    [InlineData("big", "9223372036854775808")]
    [InlineData("price", "49.90")]
    [InlineData("q\"", "é")]
    [InlineData("flag", null)]
    [InlineData("list", null)]
    [InlineData("no", null)]
    [InlineData("absent", null)]
    public void Texts_and_numbers_are_read_as_text(string name, string? text) =>
        Assert.Equal(text, _properties.Text(name));

    [Fact]
    public void Numbers_are_exact_and_may_be_text()
    {
        Assert.Equal(9223372036854775808m, _properties.Number("big"));
        Assert.Equal(49.90m, _properties.Number("price"));
        Assert.Null(_properties.Number("q\""));
    }

    [Fact]
    public void Flags_may_be_text()
    {
        Assert.True(_properties.Flag("flag"));
        Assert.True(_properties.Flag("t"));
        Assert.Null(_properties.Flag("price"));
    }

    [Fact]
    public void A_name_inside_a_value_is_no_property() =>
        Assert.Null(Properties.FromJson("""{"a":{"b":1},"c":"b"}""").Get("b"));

    [Fact]
    public void Equal_texts_are_equal_properties()
    {
        Assert.Equal(Properties.FromJson("""{"a":1}"""), Properties.FromJson("""{"a":1}"""));
        Assert.NotEqual(Properties.FromJson("""{"a":1}"""), Properties.FromJson("""{"a":2}"""));
        Assert.Same(Properties.Empty, Properties.FromJson("{}"));
    }
}
