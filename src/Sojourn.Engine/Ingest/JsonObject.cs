using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Sojourn.Ingest;

/// <summary>A member of an object, by its pieces of the text.</summary>
/// <param name="Name">Its name without quotes and escapes.</param>
/// <param name="WrittenName">Its name as written, with quotes.</param>
/// <param name="Kind">What its value begins with.</param>
/// <param name="Value">Its value as written.</param>
internal readonly record struct JsonMember(
    ReadOnlyMemory<byte> Name,
    ReadOnlyMemory<byte> WrittenName,
    JsonTokenType Kind,
    ReadOnlyMemory<byte> Value)
{
    /// <summary>The text of a string that is well-formed, or null.</summary>
    public string? Text()
    {
        if (Kind != JsonTokenType.String)
            return null;

        var reader = new Utf8JsonReader(Value.Span);
        reader.Read();
        return FieldReader.IsNameSound(reader) ? reader.GetString() : null;
    }
}

/// <summary>
/// The members of an object without what is in them: for formats whose messages are put
/// together anew. Keeps its list from one object to the next; not for several threads.
/// </summary>
internal sealed class JsonObject
{
    private readonly List<JsonMember> _members = [];

    // One for each member, so that a name is looked for among numbers.
    private readonly List<int> _marks = [];

    /// <summary>The members in the order sent.</summary>
    public IReadOnlyList<JsonMember> Members => _members;

    /// <summary>The name that occurs twice, or null.</summary>
    public string? Twice { get; private set; }

    /// <summary>Forgets the object before.</summary>
    public void Clear()
    {
        _members.Clear();
        _marks.Clear();
        Twice = null;
    }

    /// <summary>Reads an object, or an empty array, which is how PHP writes nothing.</summary>
    /// <param name="json">One JSON value whose syntax has been checked.</param>
    /// <returns>Why it is refused, or null.</returns>
    public RefusalCode? Read(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span, JsonText.Options);
        reader.Read();
        return Read(ref reader, json);
    }

    /// <summary>Reads the value the reader stands at and moves to its end.</summary>
    /// <param name="reader">At a value.</param>
    /// <param name="json">The text the reader reads.</param>
    /// <returns>Why it is refused, or null.</returns>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public RefusalCode? Read(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        Clear();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            reader.Read();
            return reader.TokenType == JsonTokenType.EndArray ? null : RefusalCodes.TypeWrong;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
            return RefusalCodes.TypeWrong;

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (_members.Count == Limits.PropertiesMax)
                return RefusalCodes.TooManyProperties;

            var member = MemberAt(ref reader, json);
            if (PlaceOf(member.Name.Span) >= 0)
            {
                Twice = Encoding.UTF8.GetString(member.Name.Span);
                return RefusalCodes.DuplicateKey;
            }

            _members.Add(member);
            _marks.Add(MarkOf(member.Name.Span));
        }

        return null;
    }

    /// <summary>The member of a name, or null when it is absent or JSON null.</summary>
    public JsonMember? Get(ReadOnlySpan<byte> name) =>
        Find(name) is { Kind: not JsonTokenType.Null } member ? member : null;

    /// <summary>The member of a name if it is a string; else null.</summary>
    public JsonMember? GetText(ReadOnlySpan<byte> name) =>
        Find(name) is { Kind: JsonTokenType.String } member ? member : null;

    /// <summary>The member of a name, or null when it is absent.</summary>
    public JsonMember? Find(ReadOnlySpan<byte> name)
    {
        var place = PlaceOf(name);
        return place < 0 ? null : _members[place];
    }

    private int PlaceOf(ReadOnlySpan<byte> name)
    {
        var marks = CollectionsMarshal.AsSpan(_marks);
        var mark = MarkOf(name);
        var place = marks.IndexOf(mark);
        while (place >= 0 && !_members[place].Name.Span.SequenceEqual(name))
        {
            var further = marks[(place + 1)..].IndexOf(mark);
            place = further < 0 ? -1 : place + 1 + further;
        }

        return place;
    }

    // Tells most names apart; those it does not are compared.
    private static int MarkOf(ReadOnlySpan<byte> name)
    {
        const int CharsMarked = 8;
        var mark = name.Length;
        foreach (var b in name[..Math.Min(name.Length, CharsMarked)]) mark = mark * 31 + b;
        return name.IsEmpty ? mark : mark * 31 + name[^1];
    }

    private static JsonMember MemberAt(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        var start = (int)reader.TokenStartIndex;
        var written = json.Slice(start, reader.ValueSpan.Length + 2);
        // A name that is no text keeps its escapes: it is nobody's, and is refused where kept.
        var name = reader.ValueIsEscaped && FieldReader.IsNameSound(reader)
            ? Encoding.UTF8.GetBytes(reader.GetString()!) // A name is never JSON null.
            : written[1..^1];
        reader.Read();
        var kind = reader.TokenType;
        var from = (int)reader.TokenStartIndex;
        reader.Skip();
        return new JsonMember(name, written, kind, json[from..(int)reader.BytesConsumed]);
    }
}
