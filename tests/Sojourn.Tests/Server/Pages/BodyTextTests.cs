using Sojourn.Server.Pages.Debugging;
using Xunit;

namespace Sojourn.Tests.Server.Pages;

/// <summary>Bodies are laid out for reading, whatever was sent.</summary>
public sealed class BodyTextTests
{
    [Fact]
    public void Json_is_broken_into_lines_and_the_field_at_fault_is_marked()
    {
        var shown = Show(
            """{"id":"e1","properties":{"size":[1,2],"b":{}},"x":1}""", "properties.size");

        Assert.Equal(
            """
            {
              *"id"*: "e1",
              *"properties"*: {
                !"size": [
                  1,
                  2
                ]!,
                *"b"*: {}
              },
              *"x"*: 1
            }
            """,
            shown);
    }

    [Fact]
    public void A_name_that_occurs_twice_is_marked_twice() => Assert.Equal(
        """
        {
          !"a": 1!,
          !"a": 2!
        }
        """,
        Show("""{"a":1,"a":2}""", "a"));

    [Fact]
    public void A_member_of_that_name_elsewhere_is_not_marked() => Assert.Equal(
        """
        {
          *"context"*: {
            *"name"*: 1
          },
          !"name": 2!
        }
        """,
        Show("""{"context":{"name":1},"name":2}""", "name"));

    [Fact]
    public void What_is_cut_short_ends_with_an_ellipsis() => Assert.Equal(
        """
        {
          *"note"*: "Bonjour, je…
        """,
        Show("""{"note":"Bonjour, je""", null));

    [Fact]
    public void What_is_no_json_stays_as_it_is() =>
        Assert.Equal("a=b&c=d", Show("a=b&c=d", "a"));

    [Fact]
    public void Characters_that_turn_text_around_are_made_visible() =>
        Assert.Equal("x\\u202ey", Show("x\u202ey", null));

    [Theory]
    [InlineData("""[{"name":"x","person_id":"ada",}]""")]
    [InlineData("""{"a":***,"b":tru""")]
    [InlineData("""{"a\"b":"c\"d","e":[[],{}]}""")]
    [InlineData("}}]][[{{,,::\"")]
    [InlineData("{\"a\":\"\\")]
    public void Nothing_of_a_body_is_lost(string body) => Assert.Equal(
        Bare(body), Bare(string.Concat(BodyText.Of(body, "a").Select(one => one.Text)))
            .TrimEnd('…'));

    [Fact]
    public void Brackets_alone_do_not_grow_without_bound()
    {
        var shown = string.Concat(
            BodyText.Of(new string('[', 2_048), null).Select(one => one.Text));

        Assert.InRange(shown.Length, 2_048, 2_048 * 50);
    }

    private static string Bare(string text) =>
        string.Concat(text.Where(one => !char.IsWhiteSpace(one)));

    private static string Show(string body, string? field) =>
        string.Concat(BodyText.Of(body, field).Select(one => one.Part switch
        {
            BodyPart.Name => $"*{one.Text}*",
            BodyPart.Fault => $"!{one.Text}!",
            _ => one.Text,
        }));
}
