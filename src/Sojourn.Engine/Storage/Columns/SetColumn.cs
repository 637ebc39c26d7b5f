namespace Sojourn.Storage.Columns;

/// <summary>
/// Several words, in the order they are written. Rows share few different lists, so a list has
/// a code like a word has.
/// </summary>
internal sealed class SetColumn(int slot, WordList words, WordList members)
    : WordColumn(slot, words)
{
    public override WordColumn Kept() => new SetColumn(Slot, Words.Kept(), members.Kept());

    public override IReadOnlyList<string> TextsOf(int code) =>
        Words[code] is { } set ? Split(set) : [];

    public override CodeSet AnyOf(IReadOnlyList<string> values)
    {
        var wanted = values.Select(members.Find).OfType<int>().ToArray();
        var withNone = values.Contains("");
        var codes = new List<int>();
        for (var code = 0; code < Words.Count; code++)
        {
            if (Words[code] is { } set && (set.Length == 0 ? withNone : HasAny(set, wanted)))
                codes.Add(code);
        }

        return new CodeSet(codes, withNone);
    }

    /// <summary>The lists that have one of some words at a place, from 1.</summary>
    public CodeSet At(int place, IReadOnlyList<string> values)
    {
        var wanted = values.Select(members.Find).OfType<int>().ToArray();
        var orShorter = values.Contains("");
        var codes = new List<int>();
        for (var code = 0; code < Words.Count; code++)
        {
            if (Words[code] is not { } list)
                continue;

            var at = (place - 1) * 2;
            var holds = at >= list.Length
                ? orShorter
                : wanted.AsSpan().Contains(list[at] << 16 | list[at + 1]);
            if (holds)
                codes.Add(code);
        }

        return new CodeSet(codes, orShorter);
    }

    public string[] Read(RowBlock block, int row) =>
        CodeOf(block, row) is { } code && Words[code] is { } set ? Split(set) : [];

    public void Write(RowBlock block, int row, IReadOnlyList<string> texts, int rowClass) =>
        block.Columns[Slot][row] = Words.Take(Join(texts), rowClass);

    public override void Save(BinaryWriter to)
    {
        base.Save(to);
        members.Save(to);
    }

    public override void Load(BinaryReader from)
    {
        base.Load(from);
        members.Load(from);
    }

    // The members' codes, two characters each: distinct sets are many, their words are few.
    private string Join(IReadOnlyList<string> texts)
    {
        Span<char> codes = texts.Count <= 128
            ? stackalloc char[texts.Count * 2]
            : new char[texts.Count * 2];
        for (var i = 0; i < texts.Count; i++)
        {
            var code = members.Find(texts[i]) ?? members.Take(texts[i], 0)!.Value; // Not null.
            codes[i * 2] = (char)(code >> 16);
            codes[i * 2 + 1] = (char)code;
        }

        return codes.ToString();
    }

    private string[] Split(string set) =>
        [.. MembersOf(set).Select(code => members[code]!)]; // A member's code has a word.

    private static bool HasAny(string set, int[] wanted)
    {
        for (var i = 0; i < set.Length; i += 2)
        {
            if (wanted.AsSpan().Contains(set[i] << 16 | set[i + 1]))
                return true;
        }

        return false;
    }

    private static IEnumerable<int> MembersOf(string set)
    {
        for (var i = 0; i < set.Length; i += 2)
            yield return set[i] << 16 | set[i + 1];
    }
}
