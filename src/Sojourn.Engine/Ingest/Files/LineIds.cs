using System.Globalization;
using Sojourn.Events;

namespace Sojourn.Ingest.Files;

/// <summary>
/// Names lines by their content and their number among equal lines. Needs 16 bytes of memory a
/// line at most, so that a file of many millions can be read.
/// </summary>
internal sealed class LineIds
{
    private const int FirstSlots = 1024;

    // Lines seen once, by open addressing; zero is an empty slot.
    private ulong[] _seen = new ulong[FirstSlots];
    private int _count;

    // How often the others were seen: they are few in most files.
    private readonly Dictionary<ulong, int> _repeated = [];

    /// <summary>The id of a line that has none of its own.</summary>
    public string Next(ReadOnlySpan<byte> line)
    {
        var hash = Fingerprint.Of(line);
        var ordinal = 1;
        if (!TryAdd(hash == 0 ? 1 : hash))
            _repeated[hash] = ordinal = _repeated.GetValueOrDefault(hash, 1) + 1;

        return string.Create(CultureInfo.InvariantCulture, $"l{hash:x16}-{ordinal}");
    }

    private bool TryAdd(ulong hash)
    {
        if (_count * 2 > _seen.Length)
            Grow();
        if (!TryPut(_seen, hash))
            return false;

        _count++;
        return true;
    }

    private void Grow()
    {
        var larger = new ulong[_seen.Length * 2];
        foreach (var hash in _seen)
        {
            if (hash != 0)
                TryPut(larger, hash);
        }

        _seen = larger;
    }

    // A fingerprint's bits are as good as random, so the lowest ones choose the slot.
    private static bool TryPut(ulong[] slots, ulong hash)
    {
        var mask = (ulong)slots.Length - 1;
        for (var slot = hash & mask; ; slot = (slot + 1) & mask)
        {
            if (slots[slot] == hash)
                return false;
            if (slots[slot] == 0)
            {
                slots[slot] = hash;
                return true;
            }
        }
    }
}
