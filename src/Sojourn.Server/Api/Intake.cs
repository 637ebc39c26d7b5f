using Sojourn.Events;
using Sojourn.Ingest;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>The way in for events, whatever their wire format: nothing refused is silent.</summary>
internal sealed class Intake(
    IngestLine line, RefusalLog refusals, TimeProvider clock, Ending ending)
{
    private static readonly RefusalCode IdConflict = new(
        "id_conflict",
        "Another event with this id was stored before and stays.",
        "Give each event its own id.");

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
    public void Refuse(HttpContext context, BodyRefusal refusal, ReadOnlyMemory<byte> body) =>
        refusals.Add(context.Project().Id, refusal, body, clock.NowUs());

    /// <summary>Stores what a body held and notes what is refused.</summary>
    public async Task<TakenIn> TakeAsync(HttpContext context, DecodedBatch batch)
    {
        var project = context.Project().Id;
        refusals.Add(project, batch.Refused, clock.NowUs());
        var answer = batch.Events.Count == 0
            ? new LineAnswer(LineResult.Committed, [])
            : await line.SubmitAsync(project, batch.Events, context.RequestAborted);
        ending.Judge(answer.Failure);
        var conflicts = ConflictsOf(batch, answer);
        refusals.Add(project, conflicts, clock.NowUs());
        return new TakenIn(
            answer, [.. batch.Refused.Concat(conflicts).OrderBy(one => one.Index)]);
    }

    private static string? ClientIpOf(HttpContext context)
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
               batch.Indexes[place], batch.Events[place].Id, IdConflict, "id", ""),
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

    /// <summary>Why nothing was stored, or null when it was.</summary>
    public Problem? Problem => Answer.Result switch
    {
        LineResult.Committed => null,
        LineResult.Busy => Problems.Busy,
        LineResult.Late => Problems.Late,
        LineResult.Stopped => Problems.Stopping,
        _ => Problems.Of(Answer.Failure),
    };
}
