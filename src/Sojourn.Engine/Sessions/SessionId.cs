using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using Sojourn.Events;

namespace Sojourn.Sessions;

/// <summary>
/// Names a session for ever. From it alone the event it was derived from can be found, and
/// through that event the session that now holds it.
/// </summary>
/// <param name="Kind">The kind's letter, e.g. <c>v</c>.</param>
/// <param name="Key">
/// Fingerprint of the first event's stream (kinds by person) or of the kind's own key.
/// </param>
/// <param name="Part">
/// Fingerprint of the first event's id (kinds by person), or the run, from 1.
/// </param>
public readonly record struct SessionId(char Kind, ulong Key, ulong Part)
{
    private const int TextLength = 24;

    /// <summary>24 characters: the letter, an underscore, and 22 of base64url.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Key);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Part);
        return $"{Kind}_{Base64Url.EncodeToString(bytes)}";
    }

    /// <summary>
    /// An id that leads to a session of a kind that holds an event, as ids lead to the session
    /// that took up what they named: the person's session with just this event, or the latest
    /// session of the event's key. Null when no session of that kind holds it.
    /// </summary>
    public static SessionId? LeadingTo(SessionKind kind, Event e) =>
        kind.ByPerson
            ? e.HasStream
                ? new SessionId(kind.IdPrefix, e.StreamFingerprint, Fingerprint.Of(e.Id))
                : null
            : kind.KeyOf(e) is { } key
                ? new SessionId(kind.IdPrefix, Fingerprint.Of(key), ulong.MaxValue)
                : null;

    /// <summary>Reads what <see cref="ToString"/> wrote; false for any other text.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out SessionId id)
    {
        id = default;
        Span<byte> bytes = stackalloc byte[18];
        if (text is not { Length: TextLength } || text[1] != '_'
            || !Base64Url.IsValid(text.AsSpan(2))
            || !Base64Url.TryDecodeFromChars(text.AsSpan(2), bytes, out var length)
            || length != 16)
        {
            return false;
        }

        id = new SessionId(
            text[0],
            BinaryPrimitives.ReadUInt64BigEndian(bytes),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
        return id.ToString() == text;
    }
}
