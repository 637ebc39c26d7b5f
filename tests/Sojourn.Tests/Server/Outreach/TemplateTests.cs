using Sojourn.Server.Outreach;
using Xunit;

namespace Sojourn.Tests.Server.Outreach;

/// <summary>A template puts values in their places and does nothing else.</summary>
public class TemplateTests
{
    [Theory]
    [InlineData("Hello {{first_name}}, {{product}}!", "Hello Amina, Shoes!")]
    [InlineData("{{ first_name | there }}", "Amina")]
    [InlineData("{{agent|the team}}", "the team")]
    [InlineData("{{agent|}}.", ".")]
    [InlineData("{{agent}}.", ".")]
    [InlineData("no places } { }} at all", "no places } { }} at all")]
    [InlineData("", "")]
    public void A_variable_becomes_its_value_or_its_stand_in(string text, string expected)
    {
        Assert.Equal(expected, Rendered(text, ("first_name", "Amina"), ("product", "Shoes")));
    }

    [Theory]
    [InlineData("{{agent}}")]
    [InlineData("{{first_name|{{agent}}")]
    [InlineData("${agent} #{x} {% if %}")]
    public void A_value_is_never_read_as_a_template(string value)
    {
        Assert.Equal(value, Rendered("{{product}}", ("product", value), ("agent", "secret")));
    }

    [Theory]
    [InlineData("{{secrets}}", "secrets")]
    [InlineData("{{Product}}", "Product")]
    [InlineData("{{}}", "variable .")]
    [InlineData("{{#if product}}", "#if product")]
    [InlineData("a {{product", "never closed")]
    public void What_is_no_template_is_refused_by_name(string text, string named)
    {
        Assert.False(Template.TryParse(text, out _, out var fault));

        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_nobody_knows_is_answered_with_those_there_are()
    {
        Assert.False(Template.TryParse("{{nam}}", out _, out var fault));

        Assert.All(
            TemplateVariables.All,
            name => Assert.Contains(name, fault.Hint, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("see http://evil.example/x", "see http: //evil. example/x")]
    [InlineData("www.evil.example", "www. evil. example")]
    [InlineData("me@evil.example", "me@ evil. example")]
    [InlineData("Line\r\nBcc: a", "Line  Bcc: a")]
    [InlineData("a\u202Eb\u200B", "ab")]
    [InlineData("J. Doe, 1.5 kg, سجاد", "J. Doe, 1.5 kg, سجاد")]
    public void A_value_makes_no_link_and_no_second_line(string value, string expected)
    {
        Assert.Equal(expected, Rendered("{{product}}", ("product", value)));
    }

    [Fact]
    public void A_link_the_shop_made_stays_one()
    {
        const string link = "https://shop.example/back?c=1";

        Assert.Equal(link, Rendered("{{recovery_link}}", ("recovery_link", link)));
    }

    [Fact]
    public void A_value_is_cut_at_its_limit()
    {
        var text = Rendered("{{product}}", ("product", new string('x', 10_000)));

        Assert.Equal(Template.ValueCharsMax, text.Length);
    }

    [Fact]
    public void What_would_leave_a_hole_is_named()
    {
        Assert.True(Template.TryParse("{{agent}} {{code}} {{shop|us}}", out var template, out _));

        Assert.Equal(
            ["agent"], template.Missing(new Dictionary<string, string?> { ["code"] = "X" }));
    }

    [Fact]
    public void Every_template_that_ships_is_right_and_leaves_no_hole()
    {
        Assert.All(StarterTemplates.All, one =>
        {
            Assert.Null(one.FaultOf());
            Assert.True(Template.TryParse(one.Body, out var body, out _));
            Assert.Empty(body.Missing(new Dictionary<string, string?>()));
        });
    }

    private static string Rendered(string text, params (string Name, string Value)[] values)
    {
        Assert.True(Template.TryParse(text, out var template, out _));
        return template.Render(
            values.ToDictionary(one => one.Name, one => (string?)one.Value));
    }
}
