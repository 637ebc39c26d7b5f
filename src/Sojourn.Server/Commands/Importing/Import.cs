using System.Threading.Channels;
using Sojourn.Events;
using Sojourn.Ingest.Files;

namespace Sojourn.Server.Commands.Importing;

/// <summary>
/// Brings lines to a sink batch by batch; the next batches are read while one is stored. Begun
/// anew after an interruption it stores nothing twice, because ids depend on content alone.
/// </summary>
internal sealed class Import(IEventSink sink, RejectedLines rejected)
{
    private const int BatchesAheadMax = 2;

    /// <summary>Lines read so far.</summary>
    public long Read { get; private set; }

    /// <summary>Events stored so far.</summary>
    public long Accepted { get; private set; }

    /// <summary>Events that were stored before.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Imports all lines.</summary>
    /// <param name="lines">The lines; read by another thread.</param>
    /// <param name="progress">Told how many bytes of the file are done.</param>
    /// <param name="cancel">Stops after the batch on its way.</param>
    public async Task RunAsync(
        IEnumerable<FileLine> lines, Action<long> progress, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var batches = Channel.CreateBounded<Batch>(BatchesAheadMax);
        var reading = Task.Run(() => GatherAsync(lines, batches.Writer, stop.Token), stop.Token);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(cancel))
            {
                await SendAsync(batch, cancel);
                progress(batch.EndOffset);
            }

            await reading;
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    private async Task GatherAsync(
        IEnumerable<FileLine> lines, ChannelWriter<Batch> batches, CancellationToken stop)
    {
        try
        {
            foreach (var part in lines.Chunk(sink.BatchEventsMax))
                await batches.WriteAsync(new Batch(part), stop);
            batches.Complete();
        }
        catch (Exception failure)
        {
            batches.Complete(failure);
        }
    }

    private async Task SendAsync(Batch batch, CancellationToken cancel)
    {
        Read += batch.Lines.Length;
        foreach (var line in batch.Lines.Where(line => line.Refusal is not null))
        {
            rejected.Add(
                line.Number, line.Refusal!.Code, line.Refusal.Field, line.Text ?? "");
        }

        var taken = batch.Lines.Where(line => line.Event is not null).ToList();
        if (taken.Count == 0)
            return;

        var answer = await sink.SendAsync([.. taken.Select(line => line.Event!)], cancel);
        Accepted += answer.Accepted;
        Duplicates += answer.Duplicates;
        foreach (var (place, code, field) in answer.Rejected)
            rejected.Add(taken[place].Number, code, field, TextOf(taken[place].Event!));
    }

    private static string TextOf(Event e)
    {
        using var buffer = new MemoryStream();
        using (var json = new System.Text.Json.Utf8JsonWriter(buffer, Api.Json.Options))
            Api.EventJson.WriteToSend(json, e);
        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private sealed record Batch(FileLine[] Lines)
    {
        public long EndOffset => Lines[^1].EndOffset;
    }
}
