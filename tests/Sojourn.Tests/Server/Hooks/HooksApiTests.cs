using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Sojourn.Ingest;
using Sojourn.Server.Api.Hooks;
using Xunit;
using static Sojourn.Tests.Ingest.Mail.MailDecoded;

namespace Sojourn.Tests.Server.Hooks;

/// <summary>What mail providers send becomes events, once, and only theirs does.</summary>
public sealed class HooksApiTests : IAsyncLifetime
{
    private static readonly HookProof Basic = new(null, "hook", "secret");

    private HookWorld _world = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TestServer Server => _world.Server;

    public async ValueTask InitializeAsync() => _world = await HookWorld.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    [Trait("Threat", "C7")]
    public async Task A_signed_batch_is_stored_and_its_repetition_changes_nothing()
    {
        var path = await _world.HookAsync(HookSource.SendGrid, new(_world.PublicKey, null, null));
        var body = $"[{SendGrid("open")},{SendGrid("click").Replace("\"e1\"", "\"e2\"")}]";

        var first = await _world.SendAsync(path, body, _world.Signed(body));
        Server.Clock.Advance(TimeSpan.FromHours(20));
        var second = await _world.SendAsync(path, body, _world.Signed(body));

        Assert.Equal((200, 2, 0), Counts(first));
        Assert.Equal((200, 0, 2), Counts(second));
        Assert.Equal(["email_open", "email_click"], (await _world.NamesAsync()).Order().Reverse());
    }

    [Fact]
    [Trait("Threat", "C6")]
    public async Task A_forged_body_is_refused_stored_nowhere_and_listed()
    {
        var path = await _world.HookAsync(HookSource.SendGrid, new(_world.PublicKey, null, null));
        var body = $"[{SendGrid("open")}]";
        var signed = _world.Signed(body);

        var (status, answer) = await _world.SendAsync(path, body + " ", signed);
        var (bare, _) = await _world.SendAsync(path, body);
        Server.Clock.Advance(TimeSpan.FromMinutes(6));
        var late = await _world.SendAsync(path, body, signed);

        Assert.Equal((401, "signature_invalid"), (status, (string?)answer["code"]));
        Assert.Equal(401, bare);
        Assert.Equal((401, "signature_expired"), (late.Status, (string?)late.Body["code"]));
        Assert.Empty(await _world.NamesAsync());
        var refusals = (await Server.GetAsync("/v1/refusals"))["items"]!.AsArray();
        Assert.Equal(
            ["signature_expired", "signature_invalid", "signature_invalid"],
            refusals.Select(one => (string?)one!["code"]));
        Assert.All(refusals, one => Assert.Equal("sendgrid", (string?)one!["source"]));
    }

    [Fact]
    public async Task Postmark_and_Mailgun_are_let_in_by_what_they_have()
    {
        var postmark = await _world.HookAsync(HookSource.Postmark, Basic);
        var mailgun = await _world.HookAsync(
            HookSource.Mailgun, new(null, null, "key-mailgun"));
        var signed = Mailgun("clicked")
            .Replace("\"token\":\"t\"",
                "\"token\":\"a8ce0edb2dd8301dee6c2405235584e45aa91d1e9f979f3de0\"")
            .Replace("\"signature\":\"s\"", "\"signature\":"
                + "\"e2e9f2b5a3ad22eb86ea064feb8ed826ce52875d207cc8d736d2b524d0069d7d\"");

        var opened = await _world.SendAsync(
            postmark, Postmark("Open"), ("Authorization", "Basic aG9vazpzZWNyZXQ="));
        var clicked = await _world.SendAsync(mailgun, signed);
        var unnamed = await _world.SendAsync(postmark, Postmark("Click"));
        var unsigned = await _world.SendAsync(mailgun, Mailgun("opened"));

        Assert.Equal(((200, 1, 0), (200, 1, 0)), (Counts(opened), Counts(clicked)));
        Assert.Equal((401, 401), (unnamed.Status, unsigned.Status));
        Assert.Equal(["email_open", "email_click"], await _world.NamesAsync());
    }

    [Fact]
    [Trait("Threat", "C2")]
    public async Task Whatever_is_wrong_with_an_address_the_answer_is_the_same()
    {
        var path = await _world.HookAsync(HookSource.SendGrid);
        var parts = path.Split('/');
        var (other, _, _) = await Server.CreateAsync("other");

        foreach (var wrong in new[]
        {
            path[..^1] + (path[^1] == 'A' ? 'B' : 'A'),
            path.Replace("sendgrid", "postmark"),
            path.Replace("sendgrid", "carrier-pigeon"),
            path.Replace(parts[2], "nowhere"),
            path.Replace(parts[2], other.Id),
        })
        {
            var (status, body) = await _world.SendAsync(wrong, $"[{SendGrid("open")}]");
            Assert.Equal((401, "hook_address_unknown"), (status, (string?)body["code"]));
        }

        Assert.Empty(await _world.NamesAsync());
    }

    [Fact]
    public async Task A_deleted_hook_opens_nothing()
    {
        var path = await _world.HookAsync(HookSource.SendGrid);
        var hooks = Server.Services.GetRequiredService<HookBook>();
        await hooks.DeleteAsync(Server.Project, hooks.ListOf(Server.Project.Id)[0].Id, Cancel);

        var (status, _) = await _world.SendAsync(path, $"[{SendGrid("open")}]");

        Assert.Equal(401, status);
    }

    [Fact]
    public async Task Refused_items_are_listed_and_the_provider_need_not_send_them_again()
    {
        var path = await _world.HookAsync(HookSource.SendGrid);

        var some = await _world.SendAsync(path, $"[{SendGrid("open")},7]");
        var none = await _world.SendAsync(path, """[{"event":7},{}]""");
        var empty = await _world.SendAsync(path, "[]");

        Assert.Equal((200, 1, 0), Counts(some));
        Assert.Equal((200, 0, 0), Counts(none));
        Assert.Equal(2, none.Body["rejected"]!.AsArray().Count);
        Assert.Equal((200, 0, 0), Counts(empty));
        var refusals = await Server.GetAsync("/v1/refusals");
        Assert.Equal(3, refusals["items"]!.AsArray().Count);
        Assert.DoesNotContain("Shop.Example", refusals.ToJsonString());
    }

    [Fact]
    public async Task A_body_that_cannot_be_read_is_refused_as_a_whole()
    {
        var path = await _world.HookAsync(HookSource.SendGrid);

        var broken = await _world.SendAsync(path, "[");
        var packed = await _world.SendAsync(path, "[]", ("Content-Encoding", "gzip"));
        var large = await _world.SendAsync(path, $"[{new string(' ', 1_048_576)}]");

        Assert.Equal((400, "json_invalid"), (broken.Status, (string?)broken.Body["code"]));
        Assert.Equal((415, "encoding_unknown"), (packed.Status, (string?)packed.Body["code"]));
        Assert.Equal((413, "body_too_large"), (large.Status, (string?)large.Body["code"]));
    }

    [Fact]
    [Trait("Invariant", "I9")]
    public async Task When_the_disk_fails_the_provider_is_told_to_send_again()
    {
        var path = await _world.HookAsync(HookSource.SendGrid);
        Server.Store.CommitFault = () => throw new SqliteException("disk I/O error", 10);

        using var answer = await _world.AskAsync(path, $"[{SendGrid("open")}]");

        Assert.Equal(503, (int)answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_mail_is_in_the_visit_of_its_person_and_shows_the_address()
    {
        var path = await _world.HookAsync(HookSource.SendGrid);
        await _world.SendAsync(path, $"[{SendGrid("click", "\"user_id\":\"ada\"")}]");
        await Server.PostAsync(
            Server.Secret, "/v1/events",
            """
            [{"id":"p1","name":"page_view","person_id":"ada","time":"2026-03-02T10:00:30Z"}]
            """);

        var sessions = (await Server.GetAsync("/v1/sessions?lens=leads"))["items"]!.AsArray();

        var visit = Assert.Single(sessions)!;
        Assert.Equal(
            ("email_click", 2, "ada@shop.example"),
            ((string?)visit["entry"], (int)visit["events"]!, (string?)visit["person"]!["email"]));
    }

    [Fact]
    public async Task Mails_of_one_address_are_one_person_and_a_delivery_begins_no_session()
    {
        var path = await _world.HookAsync(HookSource.SendGrid);
        await _world.SendAsync(path, "[" + string.Join(',',
            SendGrid("delivered"),
            SendGrid("open", "\"sg_machine_open\":true").Replace("\"e1\"", "\"e2\""),
            SendGrid("open").Replace("\"e1\"", "\"e3\"").Replace("Ada@", "ADA@"),
            SendGrid("click").Replace("\"e1\"", "\"e4\""),
            SendGrid("delivered").Replace("\"e1\"", "\"e5\"").Replace("Ada@", "Bo@")) + "]");

        var shown = (await Server.GetAsync("/v1/sessions?lens=leads"))["items"]!.AsArray();
        var hidden = (await Server.GetAsync("/v1/sessions?lens=leads&suppressed=only"))["items"]!
            .AsArray();

        var visit = Assert.Single(shown)!;
        Assert.Equal("ada@shop.example", (string?)visit["person"]!["user_id"]);
        Assert.Equal(
            ("email_open", 2, 4),
            ((string?)visit["entry"], (int)visit["events"]!, (int)visit["raw_events"]!));
        Assert.Equal("mail_provider", (string?)Assert.Single(hidden)!["suppressed_by"]);
    }

    [Fact]
    [Trait("Threat", "C13")]
    public async Task A_check_that_cannot_be_read_any_more_lets_nobody_in()
    {
        var path = await _world.HookAsync(HookSource.Postmark, Basic);
        var hooks = Server.Services.GetRequiredService<HookBook>();
        var hook = hooks.ListOf(Server.Project.Id)[0];
        await Server.Store.PutDocumentAsync(
            new(Server.Project.Id, "hooks", hook.Id),
            1,
            System.Text.Json.JsonSerializer.Serialize(
                hook with { Proof = hook.Proof with { Secret = "sealed by other keys" } }),
            Cancel);

        var (status, body) = await _world.SendAsync(
            path, Postmark("Open"), ("Authorization", "Basic aG9vazpzZWNyZXQ="));

        Assert.Equal((503, "hook_unreadable"), (status, (string?)body["code"]));
    }

    private static (int Status, int Accepted, int Duplicates) Counts(
        (int Status, JsonNode Body) answer) =>
        (answer.Status, (int)answer.Body["accepted"]!, (int)answer.Body["duplicates"]!);
}
