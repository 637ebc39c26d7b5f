using System.Collections.Frozen;
using System.Text;
using Sojourn.Events;

namespace Sojourn.Ingest.Segment;

/// <summary>What an event of Segment's specs is here. Source: spec-events.txt.</summary>
/// <param name="Name">Our name for it, as JSON.</param>
/// <param name="Rules">How its properties become ours.</param>
internal sealed record SpecEvent(byte[] Name, IReadOnlyList<SpecRule> Rules)
{
    private const int NameCharsMax = 64;

    private static readonly FrozenDictionary<string, SpecEvent> _byName = Read();

    private static readonly FrozenDictionary<string, SpecEvent>.AlternateLookup<
        ReadOnlySpan<char>> _lookup = _byName.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The event of a name as sent, or null when the specs know none.</summary>
    public static SpecEvent? Of(JsonMember? name)
    {
        if (name?.Text() is not { Length: <= NameCharsMax } text)
            return null;

        Span<char> key = stackalloc char[text.Length];
        for (var i = 0; i < text.Length; i++)
            key[i] = text[i] == '_' ? ' ' : char.ToLowerInvariant(text[i]);

        return _lookup.TryGetValue(key, out var known) ? known : null;
    }

    /// <summary>True when a rule makes the property of this name.</summary>
    public bool Makes(JsonMember property) =>
        Rules.Any(rule => property.Name.Span.SequenceEqual(rule.Name));

    private static FrozenDictionary<string, SpecEvent> Read()
    {
        var events = new Dictionary<string, SpecEvent>();
        foreach (var line in ShippedFile.LinesBeside<SpecEvent>("spec-events.txt"))
        {
            var (theirs, rest) = Halves(line, "->");
            var (ours, rules) = Halves(rest, " : ");
            events.Add(theirs.ToLowerInvariant(), new SpecEvent(
                Encoding.UTF8.GetBytes($"\"{ours}\""),
                [.. rules.Split(';', SpecRule.Parts).Select(SpecRule.Parse)]));
        }

        return events.ToFrozenDictionary();
    }

    private static (string Left, string Right) Halves(string text, string sign)
    {
        var at = text.IndexOf(sign, StringComparison.Ordinal);
        return at < 0
            ? (text.Trim(), "")
            : (text[..at].Trim(), text[(at + sign.Length)..].Trim());
    }
}

/// <summary>How a property of ours is made.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sources">Properties it is made of, the first that is there.</param>
/// <param name="Stays">True when the property it is made of stays as well.</param>
/// <param name="Constant">Its value as JSON, or null when it has sources.</param>
internal sealed record SpecRule(
    byte[] Name, IReadOnlyList<byte[]> Sources, bool Stays, byte[]? Constant)
{
    public const StringSplitOptions Parts =
        StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    /// <summary>Reads one rule.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static SpecRule Parse(string text)
    {
        var words = text.Split(' ', 3, Parts);
        var sources = words[2].Split(',', Parts).Select(Encoding.UTF8.GetBytes).ToList();
        var name = Encoding.UTF8.GetBytes(words[0]);
        return words[1] switch
        {
            "from" => new SpecRule(name, sources, Stays: false, null),
            "as" => new SpecRule(name, sources, Stays: true, null),
            "is" => new SpecRule(name, [], Stays: true, Encoding.UTF8.GetBytes(words[2])),
            var other => throw new FormatException($"There is no rule called {other}."),
        };
    }

    /// <summary>The property it is made of; null when there is none.</summary>
    public JsonMember? SourceIn(JsonObject properties)
    {
        foreach (var source in Sources)
        {
            if (properties.Get(source) is { } found)
                return found;
        }

        return null;
    }
}
