using Sojourn.Sessions;

namespace Sojourn.Storage.Columns;

/// <summary>
/// Where each property of a kind's sessions is kept, and the words that codes mean.
/// </summary>
internal sealed partial class Layout
{
    // Places in RowBlock.Columns that every kind has; the kind's own come after them.
    private const int Started = 0;
    private const int Duration = 1;
    private const int Pause = 2;
    private const int Grace = 3;
    private const int Events = 4;
    private const int RawEvents = 5;
    private const int Version = 6;
    private const int Class = 7;
    private const int StartReason = 8;
    private const int State = 9;
    private const int FirstWord = 10;
    private const int WordCount = 8;

    // Places in the records of texts; the kind's own come after them.
    private const int SearchedOwn = 5;
    private const int ShownOwn = 1;

    // A key is kept as "u:" and the like before the person's id when that is what it is.
    private const int KeyPrefixMax = 2;

    private readonly CategoryColumn _keyPrefix;
    private readonly CategoryColumn _entry;
    private readonly CategoryColumn _exit;
    private readonly CategoryColumn _device;
    private readonly CategoryColumn _country;
    private readonly CategoryColumn _source;
    private readonly CategoryColumn _suppressedBy;
    private readonly SetColumn _eventNames;
    private readonly IReadOnlyList<KindField> _own;
    private readonly int _searchedTexts;
    private readonly int _shownTexts;

    public Layout(SessionKind kind)
        : this(
            kind,
            NewWords(),
            [],
            OwnFields(kind))
    {
    }

    private Layout(
        SessionKind kind,
        IReadOnlyList<WordColumn> words,
        List<Lifecycle> states,
        IReadOnlyList<KindField> own)
    {
        Kind = kind;
        _keyPrefix = (CategoryColumn)words[0];
        _entry = (CategoryColumn)words[1];
        _exit = (CategoryColumn)words[2];
        _device = (CategoryColumn)words[3];
        _country = (CategoryColumn)words[4];
        _source = (CategoryColumn)words[5];
        _suppressedBy = (CategoryColumn)words[6];
        _eventNames = (SetColumn)words[7];
        Lifecycles = new LifecycleColumn(
            State, Grace, new SumOfNumbers(Started, (Duration, false), (Grace, false)), states);
        _own = own;
        var texts = kind.Fields.Where(one => one.Type == FieldType.Text).ToList();
        _searchedTexts = SearchedOwn + texts.Count(one => one.Searched);
        _shownTexts = ShownOwn + texts.Count(one => !one.Searched);
        WordColumns = [.. words, .. own.Select(one => one.Words).OfType<WordColumn>()];
        ColumnCount = FirstWord + WordCount + own.Count * 2;
    }

    /// <summary>The kind.</summary>
    public SessionKind Kind { get; }

    /// <summary>Places a block needs.</summary>
    public int ColumnCount { get; }

    /// <summary>All categories and sets, the kind's included.</summary>
    public IReadOnlyList<WordColumn> WordColumns { get; }

    /// <summary>The statuses and end reasons.</summary>
    public LifecycleColumn Lifecycles { get; }

    /// <summary>The place of the <see cref="RowClass"/>.</summary>
    public static int ClassSlot => Class;

    /// <summary>The layout as it is now, for a reader that outlives the lock.</summary>
    public Layout Kept()
    {
        IReadOnlyList<KindField> own = [.. _own.Select(one => one.Kept())];
        return new Layout(
            Kind,
            [.. WordColumns.Take(WordCount).Select(one => one.Kept())],
            [.. Lifecycles.States],
            own);
    }

    /// <summary>Writes a session into a row that counts for nothing now.</summary>
    /// <param name="block">The block.</param>
    /// <param name="row">The row.</param>
    /// <param name="session">The session.</param>
    /// <param name="buffer">Space for its texts.</param>
    public void Write(RowBlock block, int row, Session session, TextBuffer buffer)
    {
        var rowClass = RowClass.Of(session.SuppressedBy is not null, session.Archived);
        var columns = block.Columns;
        block.SetId(row, session.Id);
        columns[Started][row] = session.StartedUs;
        columns[Duration][row] = session.DurationUs;
        columns[Pause][row] = session.EndedUs - session.LastEventUs;
        columns[Events][row] = session.Events;
        columns[RawEvents][row] = session.RawEvents;
        columns[Version][row] = session.Version;
        columns[Class][row] = rowClass;
        columns[StartReason][row] = (long)session.StartReason;
        Lifecycles.Write(block, row, session.Lifecycle, session.EndedUs, rowClass);

        var keyPrefix = KeyPrefixOf(session);
        _keyPrefix.Write(block, row, keyPrefix, rowClass);
        _entry.Write(block, row, session.Entry, rowClass);
        _exit.Write(block, row, session.Exit, rowClass);
        _device.Write(block, row, session.Device, rowClass);
        _country.Write(block, row, session.Country, rowClass);
        _source.Write(block, row, session.Source, rowClass);
        _suppressedBy.Write(block, row, session.SuppressedBy, rowClass);
        _eventNames.Write(block, row, session.EventNames, rowClass);
        for (var i = 0; i < _own.Count; i++)
            _own[i].Write(block, row, session.Values[i], rowClass);

        WriteTexts(block, row, session, keyPrefix is null ? session.Key : null, buffer);
        Masks.Set(block.Live, row);
    }

    /// <summary>Makes a row count for nothing. Its words may be forgotten.</summary>
    public void Release(RowBlock block, int row)
    {
        var rowClass = (int)block.Columns[Class][row].GetValueOrDefault();
        Lifecycles.Release(block, row, rowClass);
        foreach (var words in WordColumns)
            words.Words.Release(block.Columns[words.Slot][row], rowClass);
        Masks.Clear(block.Live, row);
    }

    /// <summary>Gives back the space of a row's texts.</summary>
    public static void Forget(RowBlock block, int row)
    {
        block.Searched.Forget(row);
        block.Shown.Forget(row);
    }

    /// <summary>The session of a row, as lists show it.</summary>
    public Session Read(RowBlock block, int row)
    {
        var columns = block.Columns;
        var searched = new string?[_searchedTexts];
        var shown = new string?[_shownTexts];
        TextRecord.Read(block.Searched[row], searched);
        TextRecord.Read(block.Shown[row], shown);
        var person = searched[0] ?? "";
        var started = Number(Started);
        var ended = started + Number(Duration);

        return new Session
        {
            Id = block.Id(row),
            Kind = Kind.Name,
            Key = _keyPrefix.Read(block, row) is { } prefix ? prefix + person : shown[0]!,
            PersonId = person,
            AnonymousId = searched[1],
            UserId = searched[2],
            Email = searched[3],
            Name = searched[4],
            StartedUs = started,
            LastEventUs = ended - Number(Pause),
            EndedUs = ended,
            Events = (int)Number(Events),
            RawEvents = (int)Number(RawEvents),
            Entry = _entry.Read(block, row)!, // Never written as null; nor is Exit or Source.
            Exit = _exit.Read(block, row)!,
            StartReason = (SessionEdge)Number(StartReason),
            Lifecycle = Lifecycles.Read(block, row),
            Device = _device.Read(block, row),
            Country = _country.Read(block, row),
            Source = _source.Read(block, row)!,
            SuppressedBy = _suppressedBy.Read(block, row),
            Version = (int)Number(Version),
            Archived = RowClass.IsArchived((int)Number(Class)),
            EventNames = _eventNames.Read(block, row),
            Values = [.. _own.Select(one => one.Read(block, row, searched, shown))],
        };

        long Number(int slot) => columns[slot][row].GetValueOrDefault();
    }

    /// <summary>Writes the words that codes mean.</summary>
    public void Save(BinaryWriter to)
    {
        foreach (var words in WordColumns)
            words.Save(to);
        Lifecycles.Save(to);
    }

    /// <summary>Reads the words into a new layout.</summary>
    public void Load(BinaryReader from)
    {
        foreach (var words in WordColumns)
            words.Load(from);
        Lifecycles.Load(from);
    }

    private void WriteTexts(
        RowBlock block, int row, Session session, string? key, TextBuffer buffer)
    {
        var person = session.PersonId;
        buffer.Clear();
        TextRecord.Append(buffer, person, null, folded: true);
        TextRecord.Append(buffer, session.AnonymousId, person, folded: true);
        TextRecord.Append(buffer, session.UserId, person, folded: true);
        TextRecord.Append(buffer, session.Email, person, folded: true);
        TextRecord.Append(buffer, session.Name, person, folded: true);
        AppendOwn(buffer, session, searched: true, first: person);
        block.Searched.Write(row, buffer.Written);
        block.PersonMarks[row] = PersonMarks.Of(person)
            | PersonMarks.Of(session.AnonymousId) | PersonMarks.Of(session.UserId);

        buffer.Clear();
        TextRecord.Append(buffer, key, null, folded: false);
        AppendOwn(buffer, session, searched: false, first: key);
        if (TextRecord.HasText(buffer.Written))
            block.Shown.Write(row, buffer.Written);
        else
            block.Shown.Forget(row);
    }

    private void AppendOwn(TextBuffer buffer, Session session, bool searched, string? first)
    {
        for (var i = 0; i < _own.Count; i++)
        {
            var field = _own[i].Field;
            if (field.Type == FieldType.Text && field.Searched == searched)
                TextRecord.Append(buffer, (string?)session.Values[i], first, folded: searched);
        }
    }

    private static string? KeyPrefixOf(Session session)
    {
        var length = session.Key.Length - session.PersonId.Length;
        return length is < 0 or > KeyPrefixMax
            || !session.Key.EndsWith(session.PersonId, StringComparison.Ordinal)
                ? null
                : session.Key[..length];
    }

    private static List<WordColumn> NewWords()
    {
        var words = new List<WordColumn>();
        for (var i = 0; i < WordCount - 1; i++)
            words.Add(new CategoryColumn(FirstWord + i, new WordList()));
        words.Add(new SetColumn(FirstWord + WordCount - 1, new WordList(), new WordList()));
        return words;
    }

    private static List<KindField> OwnFields(SessionKind kind)
    {
        var own = new List<KindField>();
        var texts = kind.Fields.Where(one => one.Type == FieldType.Text).ToList();
        foreach (var field in kind.Fields)
        {
            // Two places each: an amount needs one for its currency.
            var slot = FirstWord + WordCount + own.Count * 2;
            WordColumn? words = field.Type switch
            {
                FieldType.Category => new CategoryColumn(slot, new WordList()),
                FieldType.Set or FieldType.Path =>
                    new SetColumn(slot, new WordList(), new WordList()),
                FieldType.Money => new CategoryColumn(slot + 1, new WordList()),
                _ => null,
            };
            var alike = texts.Where(one => one.Searched == field.Searched).ToList();
            var first = field.Searched ? SearchedOwn : ShownOwn;
            var text = new TextPlace(
                field.Searched, first + alike.IndexOf(field), first + alike.Count);
            own.Add(new KindField(field, slot, words, text));
        }

        return own;
    }
}
