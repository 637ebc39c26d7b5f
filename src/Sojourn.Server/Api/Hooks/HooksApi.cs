using System.Diagnostics.CodeAnalysis;
using Sojourn.Events;
using Sojourn.Ingest;
using Sojourn.Ingest.Mail;
using Sojourn.Ingest.Shops;
using Sojourn.Server.Outreach;
using Sojourn.Storage;

namespace Sojourn.Server.Api.Hooks;

/// <summary>
/// What mail providers and shops report. Source: docs/guide/mail.md, docs/guide/shops.md.
/// </summary>
internal static class HooksApi
{
    public static void MapHooksApi(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/hooks/{project}/{source}/{secret}", PostAsync)
            .Needs(Policy.SendByHook);

    /// <summary>
    /// 200 with what became of each, also when all were refused or there before: a provider
    /// would only send the same again. 401 it is not the provider; 503 send again.
    /// </summary>
    internal static async Task PostAsync(
        HttpContext context,
        string project,
        string source,
        string secret,
        IStore store,
        HookBook hooks,
        Intake intake,
        Suppressions suppressions)
    {
        var found = store.FindProject(project);
        if (hooks.Find(found, HookSources.Of(source), secret) is not { } hook)
        {
            await HookProblems.AddressUnknown.WriteAsync(context);
            return;
        }

        context.SetCaller(new Caller(found, Trust.Verified, "hook") { Source = source });
        if (hooks.ProofOf(hook) is not { } proof)
        {
            await HookProblems.Unreadable.WriteAsync(context);
            return;
        }

        var admission = intake.AdmissionOf(context);
        var (body, refusal) = await ReadAsync(context);
        var isPing = ShopBody.IsPing(hook.Source, body.Span);
        if (refusal is null && !isPing && Proof.Judge(
                hook.Source, proof, context.Request, body, admission.ReceivedUs) is { } forged)
        {
            refusal = new BodyRefusal(forged);
        }

        DecodedBatch? batch = null;
        if (refusal is not null
            || !TryDecode(context, hook, body, admission, out batch, out refusal))
        {
            var problem = EventsApi.ProblemOf(refusal);
            intake.Refuse(context, refusal, body, problem.Status);
            await problem.WriteAsync(context);
            return;
        }

        var taken = await intake.TakeAsync(context, batch, _ => null);
        if (taken.Problem is null)
            await suppressions.HeedAsync(found!, batch.Events, source, default); // Has a hook.
        await AnswerAsync(context, hooks, hook, batch, taken);
    }

    private static bool TryDecode(
        HttpContext context,
        Hook hook,
        ReadOnlyMemory<byte> body,
        Admission admission,
        [NotNullWhen(true)] out DecodedBatch? batch,
        [NotNullWhen(false)] out BodyRefusal? refusal)
    {
        var headers = context.Request.Headers;
        return hook.Source.IsShop()
            ? ShopBody.TryDecode(
                body, ShopHeaders.Of(hook.Source, headers).Sending, admission, out batch,
                out refusal)
            : MailBody.TryDecode(body, hook.Source, admission, out batch, out refusal);
    }

    // What is signed is what came over the wire, so nothing is decompressed.
    private static async Task<ReadBody> ReadAsync(HttpContext context) =>
        context.Request.Headers.ContentEncoding.ToString() is not ("" or "identity")
            ? new ReadBody(default, new BodyRefusal(RefusalCodes.EncodingUnknown))
            : await BodyReader.ReadAsync(
                context.Request.Body, null, BodySize.Native, context.RequestAborted);

    private static async Task AnswerAsync(
        HttpContext context, HookBook hooks, Hook hook, DecodedBatch batch, TakenIn taken)
    {
        if (taken.Problem is { } problem)
        {
            await problem.WriteAsync(context);
            return;
        }

        hooks.Note(hook, taken);
        await context.AnswerAsync(json =>
        {
            json.WriteStartObject();
            EventsApi.WriteTaken(json, batch, taken);
            json.WriteEndObject();
        });
    }
}
