using System.Runtime.InteropServices;

namespace Sojourn.Storage.Columns;

/// <summary>
/// Words with small numbers for them, and how many rows of each <see cref="RowClass"/> have
/// them. The number of a word that no row has any more is given to the next new word.
/// </summary>
internal sealed class WordList
{
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly Stack<int> _free = new();
    private string?[] _words = new string?[16];

    /// <summary>Codes are below this; some may be free.</summary>
    public int Count { get; private set; }

    /// <summary>How many rows have each word, and how many have none.</summary>
    public Tally Tally { get; } = new();

    /// <summary>Memory in use, roughly.</summary>
    public long ByteSize =>
        _codes.Keys.Sum(word => 64L + word.Length * sizeof(char)) + Count * 24L;

    /// <summary>The word of a code; null for a free one.</summary>
    public string? this[long code] => _words[code];

    /// <summary>The code of a word, or null when no row has it.</summary>
    public int? Find(string word) => _codes.TryGetValue(word, out var code) ? code : null;

    /// <summary>Counts one more row that has the word, or none, and gives its code.</summary>
    public int? Take(string? word, int rowClass)
    {
        var code = word is null ? (int?)null : Find(word) ?? Add(word);
        Tally.Add(code, rowClass, 1);
        return code;
    }

    /// <summary>Counts one row less that has the code's word.</summary>
    public void Release(long? code, int rowClass)
    {
        Tally.Add(code, rowClass, -1);
        if (code is { } known && Tally.IsZero(known))
        {
            _codes.Remove(_words[known]!); // A code that a row had has a word.
            _words[known] = null;
            _free.Push((int)known);
        }
    }

    /// <summary>The words as they are now, for a reader that outlives the lock.</summary>
    public WordList Kept()
    {
        var kept = new WordList { _words = [.. _words], Count = Count };
        foreach (var (word, code) in _codes)
            kept._codes.Add(word, code);
        return kept;
    }

    /// <summary>Writes the words under their codes; the counts can be counted again.</summary>
    public void Save(BinaryWriter to)
    {
        to.Write(Count);
        for (var code = 0; code < Count; code++)
        {
            to.Write(_words[code] is not null);
            if (_words[code] is { } word)
                SaveWord(to, word);
        }
    }

    /// <summary>Reads into an empty list what <see cref="Save"/> wrote.</summary>
    public void Load(BinaryReader from)
    {
        Count = from.ReadInt32();
        _words = new string?[Math.Max(Count, 16)];
        for (var code = 0; code < Count; code++)
        {
            if (!from.ReadBoolean())
            {
                _free.Push(code);
                continue;
            }

            var word = LoadWord(from);
            _words[code] = word;
            _codes.Add(word, code);
        }
    }

    // As UTF-16, because the words of sets are no real texts: UTF-8 would not keep them.
    private static void SaveWord(BinaryWriter to, string word)
    {
        to.Write(word.Length);
        to.Write(MemoryMarshal.AsBytes(word.AsSpan()));
    }

    private static string LoadWord(BinaryReader from) =>
        string.Create(from.ReadInt32(), from, static (word, reader) =>
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(word)));

    private int Add(string word)
    {
        if (!_free.TryPop(out var code))
            code = Count++;
        if (code == _words.Length)
            Array.Resize(ref _words, code * 2);
        _words[code] = word;
        _codes.Add(word, code);
        return code;
    }
}
