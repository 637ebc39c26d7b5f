using System.Text.Json;
using Sojourn.Events;

namespace Sojourn.Ingest;

/// <summary>
/// Collects what one body holds, item by item, whatever its wire format: an item that is
/// refused does not stop the others.
/// </summary>
internal sealed class BatchDraft(Admission admission)
{
    private readonly EventReader _event = new(admission);
    private readonly List<Event> _events = [];
    private readonly List<int> _indexes = [];
    private readonly List<Refusal> _refused = [];
    private readonly List<Remark> _remarks = [];

    /// <summary>Items so far, which is the next one's place.</summary>
    public int Count { get; private set; }

    /// <summary>What was collected.</summary>
    public DecodedBatch ToBatch()
    {
        for (var i = 0; i < _events.Count; i++)
        {
            if (_events[i].ClockSuspect)
            {
                _remarks.Add(new Remark(
                    _indexes[i], _events[i].Id, RefusalCodes.ClockSuspect, "time"));
            }
        }

        return new DecodedBatch(_events, _indexes, _refused, _remarks);
    }

    /// <summary>Takes the event the reader stands at and moves to its end.</summary>
    /// <param name="reader">At the start of an object.</param>
    /// <param name="sentUs">When the body was sent, for events that do not say; or null.</param>
    /// <returns>False when it is refused; the caller then tells how it was sent.</returns>
    public bool TryTake(ref Utf8JsonReader reader, long? sentUs)
    {
        if (_event.Read(ref reader, Count, sentUs, spareId: null) is not { } e)
            return false;

        _events.Add(e);
        _indexes.Add(Count);
        if (_event.MadeId && admission.BatchId is null)
            _remarks.Add(new Remark(Count, e.Id, RefusalCodes.IdMade, "id"));
        if (_event.IgnoredIp)
            _remarks.Add(new Remark(Count, e.Id, RefusalCodes.FieldNotAllowed, "context.ip"));

        Count++;
        return true;
    }

    /// <summary>Lists the event that could not be taken just now.</summary>
    /// <param name="sent">The item as it was sent.</param>
    /// <param name="fieldOf">How the sender calls a field of ours; null = as we do.</param>
    public void RefuseRead(ReadOnlySpan<byte> sent, Func<string, string>? fieldOf = null) =>
        Refuse(
            _event.Refused!, // Set, since the event was not taken.
            _event.Id,
            _event.Fault is { } fault && fieldOf is not null ? fieldOf(fault) : _event.Fault,
            sent,
            _event.Name);

    /// <summary>Lists an item that is no event at all, or of which only this is known.</summary>
    public void Refuse(
        RefusalCode reason, string? id, string? field, ReadOnlySpan<byte> sent,
        string? name = null)
    {
        var isKept = _refused.Count < Limits.RefusedBodiesMax;
        _refused.Add(new Refusal(
            Count, id, reason, field, isKept ? Masking.Start(sent) : "")
        {
            Name = isKept ? ShownOf(name) : null,
        });
        Count++;
    }

    /// <summary>Forgets the items from a place on.</summary>
    public void GoBackTo(int place)
    {
        var kept = _indexes.Count(index => index < place);
        _events.RemoveRange(kept, _events.Count - kept);
        _indexes.RemoveRange(kept, _indexes.Count - kept);
        _refused.RemoveAll(refusal => refusal.Index >= place);
        _remarks.RemoveAll(remark => remark.Index >= place);
        Count = place;
    }

    /// <summary>Times events once more, now that it is known when the body was sent.</summary>
    public void Retime(long sentUs)
    {
        for (var i = 0; i < _events.Count; i++)
        {
            var e = _events[i];
            if (e.SentUs is not null || e.OccurredUs is null)
                continue;

            var (timeUs, suspect) = ClockCorrection.Correct(e.ReceivedUs, sentUs, e.OccurredUs);
            _events[i] = e with { SentUs = sentUs, TimeUs = timeUs, ClockSuspect = suspect };
        }
    }

    private static string? ShownOf(string? name) => name is null
        ? null
        : Masking.Hide(name[..Math.Min(name.Length, Limits.NameCharsMax)]);
}
