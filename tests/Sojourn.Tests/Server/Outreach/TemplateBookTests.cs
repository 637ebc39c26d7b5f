using Sojourn.Server.Outreach;
using Xunit;

namespace Sojourn.Tests.Server.Outreach;

/// <summary>A project keeps templates of its own beside those that ship.</summary>
public class TemplateBookTests
{
    private static readonly MessageTemplate Mine = new(
        "mine", "Mine", MessageTemplate.Email, "en", "Hello {{first_name|you}}", "Text");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_template_is_kept_listed_changed_and_deleted()
    {
        await using var server = await TestServer.StartAsync();
        var book = new TemplateBook(server.Store);

        var first = await book.PutAsync(server.Project, Mine, Cancel);
        var second = await book.PutAsync(
            server.Project, first.Template! with { Body = "Other" }, Cancel);
        var stale = await book.PutAsync(server.Project, first.Template, Cancel);

        Assert.Equal(Mine with { Version = 1 }, first.Template);
        Assert.Equal("Other", second.Template?.Body);
        Assert.True(stale.IsStale);
        Assert.Contains(second.Template, book.ListOf(server.Project));
        Assert.True(await book.DeleteAsync(server.Project, "mine", Cancel));
        Assert.Null(book.Find(server.Project, "mine"));
    }

    [Fact]
    public async Task A_shipped_template_is_there_until_it_is_changed_or_deleted()
    {
        await using var server = await TestServer.StartAsync();
        var book = new TemplateBook(server.Store);
        var shipped = book.Find(server.Project, "email-en")!;

        await book.PutAsync(server.Project, shipped with { Body = "Mine" }, Cancel);
        var changed = book.Find(server.Project, "email-en");
        await book.DeleteAsync(server.Project, "email-en", Cancel);
        var gone = book.Find(server.Project, "email-en");
        var again = await book.PutAsync(server.Project, shipped, Cancel);

        Assert.Equal("Mine", changed?.Body);
        Assert.Null(gone);
        Assert.DoesNotContain(
            await book.DeleteAsync(server.Project, "email-fr", Cancel)
                ? book.ListOf(server.Project).Select(one => one.Id)
                : ["email-fr"],
            id => id == "email-fr");
        Assert.Equal(shipped.Body, again.Template?.Body);
    }

    [Theory]
    [InlineData("id", "No Id")]
    [InlineData("channel", "fax")]
    [InlineData("language", "")]
    [InlineData("name", "  ")]
    [InlineData("subject", "one\r\nBcc: two")]
    [InlineData("subject", "{{nobody}}")]
    [InlineData("subject", "")]
    [InlineData("body", "{{nobody}}")]
    [InlineData("body", "")]
    public async Task What_could_not_be_sent_is_not_kept_and_its_field_is_named(
        string field, string value)
    {
        await using var server = await TestServer.StartAsync();
        var book = new TemplateBook(server.Store);
        var wrong = field switch
        {
            "id" => Mine with { Id = value },
            "channel" => Mine with { Channel = value },
            "language" => Mine with { Language = value },
            "name" => Mine with { Name = value },
            "subject" => Mine with { Subject = value },
            _ => Mine with { Body = value },
        };

        var answer = await book.PutAsync(server.Project, wrong, Cancel);

        Assert.Equal(field, answer.Field);
        Assert.NotNull(answer.Fault);
        Assert.Null(book.Find(server.Project, "mine"));
    }
}
