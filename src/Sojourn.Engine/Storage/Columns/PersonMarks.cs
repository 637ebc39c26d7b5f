namespace Sojourn.Storage.Columns;

/// <summary>
/// A few bits for each id of a row's person. A row without an id's bits does not have the id, so
/// a person's sessions are found without looking at texts; the rows that remain are compared.
/// </summary>
internal static class PersonMarks
{
    // Five bits of 32: with two ids in a row one of about 600 other rows has them by chance.
    private const int Bits = 5;

    /// <summary>The bits of an id, the same on each machine and in each version.</summary>
    public static uint Of(string? id)
    {
        if (id is null)
            return 0;

        var hash = 14695981039346656037UL;
        foreach (var letter in id)
            hash = (hash ^ letter) * 1099511628211UL;
        hash ^= hash >> 32;
        hash *= 0x9E3779B97F4A7C15UL;
        hash ^= hash >> 29;

        uint marks = 0;
        for (var i = 0; i < Bits; i++)
            marks |= 1u << (int)(hash >> i * 5 & 31);
        return marks;
    }
}
