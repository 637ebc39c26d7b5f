using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Sojourn.Ingest;
using Sojourn.Server.Accounts;

namespace Sojourn.Server.Api.Hooks;

/// <summary>
/// A project's hooks, for people who manage it. Secrets go in and never come out.
/// </summary>
internal static class HookSettingsApi
{
    private const string AnExample =
        "Send {\"source\":\"sendgrid\"}, postmark, mailgun, shopify or woocommerce, with "
        + "public_key, with user and password, or with signing_key and shop.";

    public static void MapHookSettingsApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/hooks", ListAsync).Needs(Policy.Configure);
        routes.MapPost("/v1/hooks", CreateAsync).Needs(Policy.Configure);
        routes.MapPut("/v1/hooks/{id}", ChangeAsync).Needs(Policy.Configure);
        routes.MapDelete("/v1/hooks/{id}", DeleteAsync).Needs(Policy.Configure);
    }

    /// <summary>The path of a hook's address.</summary>
    public static string PathOf(string project, NewHook made) =>
        $"/hooks/{project}/{HookSources.NameOf(made.Hook.Source)}/{made.Secret}";

    /// <summary>Oldest first.</summary>
    internal static Task ListAsync(HttpContext context, HookBook hooks) =>
        context.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items"u8);
            foreach (var hook in hooks.ListOf(context.Project().Id))
                Write(json, hooks, hook);
            json.WriteEndArray();
            json.WriteEndObject();
        });

    /// <summary>201 with the hook and, this once, its address.</summary>
    internal static async Task CreateAsync(
        HttpContext context, HookBook hooks, PublicAddress address, IServer server)
    {
        var (asked, problem) = await ReadAsync(context);
        var source = HookSources.Of(asked?.Source);
        var proof = HookProof.None;
        problem ??= source is { } known
            ? asked!.TryRead(known, out proof) // Read, since there is no problem.
            : HookProblems.Invalid("source", AnExample);
        if (problem is not null)
        {
            await problem.WriteAsync(context);
            return;
        }

        var project = context.Project();
        if (await hooks.AddAsync(
                project, source!.Value, proof, context.Caller().Actor, context.RequestAborted)
            is not { } made)
        {
            await HookProblems.TooMany.WriteAsync(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status201Created;
        await context.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("hook"u8);
            Write(json, hooks, made.Hook);
            json.WriteString("address"u8, address.LinkTo(PathOf(project.Id, made), server));
            json.WriteEndObject();
        });
    }

    /// <summary>Replaces what requests are checked with; the address stays.</summary>
    internal static async Task ChangeAsync(HttpContext context, string id, HookBook hooks)
    {
        var (asked, problem) = await ReadAsync(context);
        var hook = hooks.Find(context.Project(), id);
        var proof = HookProof.None;
        problem ??= hook is null ? HookProblems.Unknown
            : asked!.Source is not null // Read, since there is no problem.
                ? HookProblems.Invalid("source", "Leave it out: it stays what it is.")
            : asked.TryRead(hook.Source, out proof);
        if (problem is not null)
        {
            await problem.WriteAsync(context);
            return;
        }

        var changed = await hooks.SetProofAsync(
            context.Project(), id, proof, context.RequestAborted);
        await AnswerAsync(context, hooks, changed);
    }

    /// <summary>The hook that opens nothing any more.</summary>
    internal static async Task DeleteAsync(HttpContext context, string id, HookBook hooks) =>
        await AnswerAsync(
            context,
            hooks,
            await hooks.DeleteAsync(context.Project(), id, context.RequestAborted));

    private static Task AnswerAsync(HttpContext context, HookBook hooks, Hook? hook) =>
        hook is null
            ? HookProblems.Unknown.WriteAsync(context)
            : context.AnswerAsync(json => Write(json, hooks, hook));

    private static async Task<(HookAsked? Asked, Problem? Problem)> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
            return (null, Problems.ContentType);

        return await HookAsked.ReadAsync(context) is { } asked
            ? (asked, null)
            : (null, HookProblems.Invalid(null, AnExample));
    }

    private static void Write(Utf8JsonWriter json, HookBook hooks, Hook hook)
    {
        var count = hooks.CountOf(hook);
        json.WriteStartObject();
        json.WriteString("id"u8, hook.Id);
        json.WriteString("source"u8, HookSources.NameOf(hook.Source));
        json.WriteString("proof"u8, hook.Proof.Sort);
        json.WriteBoolean("readable"u8, hooks.ProofOf(hook) is not null);
        json.WriteString("public_key"u8, hook.Proof.PublicKey);
        json.WriteString("user"u8, hook.Proof.User);
        json.WriteString("shop"u8, hook.Proof.Shop);
        json.WriteTime("old_key_until"u8, hook.Proof.BeforeUntilUs);
        json.WriteTime("created"u8, hook.CreatedUs);
        json.WriteString("created_by"u8, hook.CreatedBy);
        json.WriteTime("last_received"u8, count.LastUs == 0 ? null : count.LastUs);
        json.WriteNumber("accepted"u8, count.Accepted);
        json.WriteNumber("duplicates"u8, count.Duplicates);
        json.WriteNumber("rejected"u8, count.Rejected);
        json.WriteEndObject();
    }
}
