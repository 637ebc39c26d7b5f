using System.Text;

namespace Sojourn.Ingest;

/// <summary>
/// Gives the same string again for the same bytes: event names and user agents repeat, and
/// most of them need not be made anew. Forgets what another text takes the place of, so its
/// size is fixed. Safe to use from several threads.
/// </summary>
internal sealed class TextPool
{
    private const int Slots = 4096;

    private readonly string?[] _texts = new string?[Slots];

    /// <summary>The one instance.</summary>
    public static TextPool Shared { get; } = new();

    /// <summary>The text of well-formed UTF-8.</summary>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        ref var slot = ref _texts[SlotOf(utf8)];
        if (slot is { } known && Ascii.Equals(utf8, known))
            return known;

        return slot = Encoding.UTF8.GetString(utf8);
    }

    private static int SlotOf(ReadOnlySpan<byte> utf8)
    {
        var hash = new HashCode();
        hash.AddBytes(utf8);
        return hash.ToHashCode() & (Slots - 1);
    }
}
