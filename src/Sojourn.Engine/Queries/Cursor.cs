using System.Buffers.Binary;
using System.Buffers.Text;
using Sojourn.Events;
using Sojourn.Sessions;

namespace Sojourn.Queries;

/// <summary>
/// The outside form of a <see cref="RowPosition"/>: opaque text that only fits the lens and the
/// order it was made for.
/// </summary>
public static class Cursor
{
    private const byte Version = 1;
    private const int Length = 1 + 4 + 1 + 8 + 2 + 8 + 8;

    /// <summary>Writes a position in the order of a query.</summary>
    public static string ToText(SessionQuery query, RowPosition position)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bytes[0] = Version;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[1..], OrderOf(query));
        bytes[5] = position.Value is null ? (byte)0 : (byte)1;
        BinaryPrimitives.WriteInt64BigEndian(bytes[6..], position.Value ?? 0);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[14..], position.Id.Kind);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], position.Id.Key);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], position.Id.Part);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>
    /// Reads what <see cref="ToText"/> wrote for the same lens and order; false for any other.
    /// </summary>
    public static bool TryParse(SessionQuery query, string text, out RowPosition position)
    {
        position = default;
        Span<byte> bytes = stackalloc byte[Length + 2];
        if (text.Length > 2 * Length
            || !Base64Url.IsValid(text)
            || !Base64Url.TryDecodeFromChars(text, bytes, out var length)
            || length != Length
            || bytes[0] != Version
            || BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]) != OrderOf(query))
        {
            return false;
        }

        position = new RowPosition(
            bytes[5] == 0 ? null : BinaryPrimitives.ReadInt64BigEndian(bytes[6..]),
            new SessionId(
                (char)BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]),
                BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
                BinaryPrimitives.ReadUInt64BigEndian(bytes[24..])));
        return true;
    }

    private static uint OrderOf(SessionQuery query) => (uint)Fingerprint.Of(
        $"{query.Lens.Name} {query.Sort.Name} {(query.Descending ? "desc" : "asc")}");
}
