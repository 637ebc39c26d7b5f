using System.Text;
using Sojourn.Server.Pages.Lists;

namespace Sojourn.Server.Pages.Debugging;

/// <summary>What a piece of a shown body is.</summary>
internal enum BodyPart
{
    /// <summary>Signs and values.</summary>
    Plain,

    /// <summary>The name of a member.</summary>
    Name,

    /// <summary>The member that is at fault, name and value.</summary>
    Fault,
}

/// <summary>A run of text of one sort.</summary>
/// <param name="Part">What it is.</param>
/// <param name="Text">The text.</param>
internal readonly record struct BodyPiece(BodyPart Part, string Text);

/// <summary>
/// Lays out JSON for reading, also when it is cut short, masked or no JSON at all: nothing is
/// added but line breaks and spaces, and nothing is left out.
/// </summary>
internal sealed class BodyText
{
    // Deeper levels stay where they are: a cut body of brackets alone must not grow.
    private const int IndentLevelsMax = 20;

    private const string Ellipsis = "…";

    private readonly string _text;
    private readonly string? _field;
    private readonly List<BodyPiece> _pieces = [];
    private readonly StringBuilder _run = new();
    private readonly List<Level> _levels = [];
    private BodyPart _part;
    private int? _faultLevel;
    private int _at;

    private BodyText(string text, string? field) => (_text, _field) = (text, field);

    /// <summary>The pieces of a body, in order.</summary>
    /// <param name="text">The body, or how it begins.</param>
    /// <param name="field">The member at fault, e.g. <c>properties.size</c>; null = none.</param>
    public static IReadOnlyList<BodyPiece> Of(string text, string? field)
    {
        var shown = EventWords.Visible(text);
        var start = shown.AsSpan().TrimStart();
        return start is ['{' or '[', ..]
            ? new BodyText(shown, field).LayOut()
            : [new BodyPiece(BodyPart.Plain, shown)];
    }

    private List<BodyPiece> LayOut()
    {
        while (_at < _text.Length)
        {
            var sign = _text[_at];
            if (char.IsWhiteSpace(sign))
                _at++;
            else if (sign is '{' or '[')
                Open(sign);
            else if (sign is '}' or ']')
                Close(sign);
            else if (sign == ',')
                Separate();
            else
                TakeValue();
        }

        if (_levels.Count > 0)
            Write(_part, Ellipsis);
        Flush();
        return _pieces;
    }

    private void Open(char sign)
    {
        Write(Sort, sign.ToString());
        _at++;
        SkipSpace();
        if (_at < _text.Length && _text[_at] == (sign == '{' ? '}' : ']'))
        {
            Write(Sort, _text[_at++].ToString());
            EndValue();
            return;
        }

        _levels.Add(new Level(sign == '{', Path));
        Break();
    }

    private void Close(char sign)
    {
        _at++;
        if (_levels.Count > 0)
            _levels.RemoveAt(_levels.Count - 1);
        Break();
        Write(Sort, sign.ToString());
        EndValue();
    }

    private void Separate()
    {
        _at++;
        EndValue();
        Write(Sort, ",");
        if (_levels.Count > 0)
            _levels[^1] = _levels[^1] with { Member = null };
        Break();
    }

    private void TakeValue()
    {
        var isName = _levels is [.., { IsObject: true, Member: null }];
        var token = _text[_at] == '"' ? TakeString() : TakeWord();
        if (!isName)
        {
            Write(Sort, token);
            EndValue();
            return;
        }

        var above = _levels[^1].Path;
        var name = token.Trim('"');
        var path = above.Length == 0 ? name : $"{above}.{name}";
        _levels[^1] = _levels[^1] with { Member = path };
        if (_faultLevel is null && path == _field)
            _faultLevel = _levels.Count;
        Write(_faultLevel is null ? BodyPart.Name : BodyPart.Fault, token);
        SkipSpace();
        if (_at < _text.Length && _text[_at] == ':')
        {
            _at++;
            Write(Sort, ": ");
        }
    }

    // The part that values and signs are, here.
    private BodyPart Sort => _faultLevel is null ? BodyPart.Plain : BodyPart.Fault;

    private string Path => _levels.Count == 0 ? "" : _levels[^1].Member ?? _levels[^1].Path;

    private void EndValue()
    {
        if (_faultLevel >= _levels.Count)
            _faultLevel = null;
    }

    private string TakeString()
    {
        var start = _at++;
        while (_at < _text.Length && _text[_at] != '"')
            _at += _text[_at] == '\\' ? 2 : 1;
        _at = Math.Min(_at + 1, _text.Length);
        return _text[start.._at];
    }

    private string TakeWord()
    {
        var start = _at++;
        while (_at < _text.Length && _text[_at] is not (',' or '}' or ']' or ':' or '"')
            && !char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }

        return _text[start.._at];
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
    }

    private void Break() => Write(
        Sort, "\n" + new string(' ', 2 * Math.Min(_levels.Count, IndentLevelsMax)));

    private void Write(BodyPart part, string text)
    {
        if (part != _part)
            Flush();
        _part = part;
        _run.Append(text);
    }

    private void Flush()
    {
        if (_run.Length > 0)
            _pieces.Add(new BodyPiece(_part, _run.ToString()));
        _run.Clear();
    }

    /// <summary>An object or array that is open.</summary>
    /// <param name="IsObject">True for an object.</param>
    /// <param name="Path">The names that lead to it.</param>
    private sealed record Level(bool IsObject, string Path)
    {
        /// <summary>The names that lead to its current member; null = none yet.</summary>
        public string? Member { get; init; }
    }
}
