using Sojourn.Events;
using Sojourn.Ingest;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>The way in for events, whatever their wire format: nothing refused is silent.</summary>
internal sealed class Intake(
    IngestLine line, RefusalLog refusals, TimeProvider clock, Ending ending)
{
    /// <summary>What is known about a request's sender, as of now.</summary>
    public Admission AdmissionOf(HttpContext context) =>
        new(context.Caller().Trust, clock.NowUs())
        {
            ClientIp = ClientIpOf(context),
            UserAgent = context.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent
                ? agent
                : null,
        };

    /// <summary>Notes a body that is refused as a whole.</summary>
    /// <param name="context">The request.</param>
    /// <param name="refusal">Why.</param>
    /// <param name="body">The body, as far as it was read.</param>
    /// <param name="status">What it is answered with.</param>
    public void Refuse(
        HttpContext context, BodyRefusal refusal, ReadOnlyMemory<byte> body, int status) =>
        refusals.Add(context.Project().Id, refusal, body, Senders.SendingOf(context, status));

    /// <summary>Stores what a body held and notes what is refused.</summary>
    /// <param name="context">The request.</param>
    /// <param name="batch">What the body held.</param>
    /// <param name="judge">
    /// What the wire format answers when nothing failed here; null = that all is well.
    /// </param>
    public async Task<TakenIn> TakeAsync(
        HttpContext context, DecodedBatch batch, Func<TakenIn, Problem?> judge)
    {
        var project = context.Project().Id;
        LineAnswer answer;
        try
        {
            answer = batch.Events.Count == 0
                ? new LineAnswer(LineResult.Committed, [])
                : await line.SubmitAsync(project, batch.Events, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            refusals.Add(project, batch.Refused, SendingOf(context, batch, null));
            throw;
        }

        ending.Judge(answer.Failure);
        var taken = new TakenIn(
            answer,
            [.. batch.Refused.Concat(ConflictsOf(batch, answer)).OrderBy(one => one.Index)])
        {
            Problem = FailureOf(answer),
        };
        taken = taken with { Problem = taken.Problem ?? judge(taken) };
        refusals.Add(project, taken.Rejected, SendingOf(context, batch, taken));
        return taken;
    }

    private static Sending SendingOf(HttpContext context, DecodedBatch batch, TakenIn? taken) =>
        Senders.SendingOf(
            context,
            taken is null ? null : taken.Problem?.Status ?? StatusCodes.Status200OK) with
        {
            Events = batch.Events.Count + batch.Refused.Count,
            Stored = taken is null ? 0 : taken.Accepted + taken.Duplicates,
        };

    /// <summary>Why nothing was stored, or null.</summary>
    internal static Problem? FailureOf(LineAnswer answer) => answer.Result switch
    {
        LineResult.Committed => null,
        LineResult.Busy => Problems.Busy,
        LineResult.Late => Problems.Late,
        LineResult.Stopped => Problems.Stopping,
        _ => Problems.Of(answer.Failure),
    };

    /// <summary>The address a request came from; null = unknown.</summary>
    internal static string? ClientIpOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        return (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)
            ?.ToString();
    }

    private static List<Refusal> ConflictsOf(DecodedBatch batch, LineAnswer answer) =>
    [
        .. from place in Enumerable.Range(0, answer.Outcomes.Count)
           where answer.Outcomes[place] == AppendOutcome.Conflict
           select new Refusal(
               batch.Indexes[place], batch.Events[place].Id, RefusalCodes.IdConflict, "id", "")
           {
               Name = batch.Events[place].Name,
           },
    ];
}

/// <summary>What became of a body's events.</summary>
/// <param name="Answer">How storing them went.</param>
/// <param name="Rejected">Those not taken, in the order sent.</param>
internal sealed record TakenIn(LineAnswer Answer, IReadOnlyList<Refusal> Rejected)
{
    /// <summary>Events stored now.</summary>
    public int Accepted => Answer.Outcomes.Count(one => one == AppendOutcome.Stored);

    /// <summary>Events that were there already.</summary>
    public int Duplicates => Answer.Outcomes.Count(one => one == AppendOutcome.Duplicate);

    /// <summary>
    /// What it is answered with, or null when all is well: why nothing could be stored, else
    /// what the wire format says.
    /// </summary>
    public Problem? Problem { get; init; }
}
