using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Sojourn.Events;

/// <summary>
/// What makes two events "the same content": everything the sender told except when it was
/// sent. What we added (received and corrected time, a browser's address) does not count: a
/// phone that sends again from another network repeats itself.
/// </summary>
public static class EventContent
{
    // Asked for every event, so each thread keeps its space.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _space;

    /// <summary>Fingerprint of what the sender told; equal for an exact repetition.</summary>
    public static ulong FingerprintOf(Event e)
    {
        var buffer = _space ??= new ArrayBufferWriter<byte>(512);
        buffer.ResetWrittenCount();
        Add(buffer, e.Id);
        Add(buffer, e.Name);
        Add(buffer, e.AnonymousId);
        Add(buffer, e.UserId);
        Add(buffer, e.OccurredUs);
        Add(buffer, e.Seq);
        Add(buffer, (long)e.Trust);
        Add(buffer, e.Trust == Trust.Claimed ? null : e.Context.Ip);
        AddContext(buffer, e.Context);
        buffer.Write(e.Properties.Json.Span);
        return Fingerprint.Of(buffer.WrittenSpan);
    }

    private static void AddContext(ArrayBufferWriter<byte> buffer, EventContext context)
    {
        Add(buffer, context.UserAgent);
        Add(buffer, context.Url);
        Add(buffer, context.Referrer);
        Add(buffer, context.Locale);
        Add(buffer, context.Country);
        Add(buffer, context.Campaign?.Name);
        Add(buffer, context.Campaign?.Source);
        Add(buffer, context.Campaign?.Medium);
        Add(buffer, context.Campaign?.Term);
        Add(buffer, context.Campaign?.Content);
    }

    // Each text is preceded by its length, so that no two lists of texts look alike; null is −1.
    private static void Add(ArrayBufferWriter<byte> buffer, string? text)
    {
        var span = buffer.GetSpan(4 + (text?.Length ?? 0) * 3);
        var length = text is null ? -1 : Encoding.UTF8.GetBytes(text, span[4..]);
        BinaryPrimitives.WriteInt32LittleEndian(span, length);
        buffer.Advance(4 + Math.Max(length, 0));
    }

    private static void Add(ArrayBufferWriter<byte> buffer, long? number)
    {
        var span = buffer.GetSpan(9);
        span[0] = number is null ? (byte)0 : (byte)1;
        BinaryPrimitives.WriteInt64LittleEndian(span[1..], number ?? 0);
        buffer.Advance(9);
    }
}
