using System.Text.RegularExpressions;

namespace Sojourn.Tests.Tidy;

/// <summary>A C# file as the tidy tests look at it: text and brackets, no compiler.</summary>
internal sealed partial class CSharpFile
{
    private CSharpFile(string path, string text)
    {
        Path = path;
        Text = text;
        Code = NotCode().Replace(text, Blank);
        CodeAndTexts = Comment().Replace(
            text, match => match.Groups["comment"].Success ? Blank(match) : match.Value);
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>How messages name it.</summary>
    public string Name => Repository.Name(Path);

    /// <summary>As it is.</summary>
    public string Text { get; }

    /// <summary>Without comments and literals; positions and lines stay.</summary>
    public string Code { get; }

    /// <summary>Without comments; positions and lines stay.</summary>
    public string CodeAndTexts { get; }

    /// <summary>Types declared at the outermost level, in order.</summary>
    public IEnumerable<(string Name, int Lines)> Types =>
        from Match match in TypeDeclaration().Matches(Code)
        select (match.Groups["name"].Value, LinesFrom(match.Index));

    /// <summary>Methods with the count of lines between their brackets.</summary>
    public IEnumerable<(string Name, int Line, int Lines)> Methods =>
        from Match match in MethodDeclarations.Matches(Code)
        where !NotMethods.Contains(match.Groups["name"].Value)
            && !NotReturnTypes.IsMatch(match.Groups["type"].Value)
        let body = BodyLines(match.Index + match.Length - 1)
        where body is not null
        select (match.Groups["name"].Value, LineOf(match.Groups["name"].Index), body.Value);

    public static CSharpFile Read(string path) => new(path, File.ReadAllText(path));

    /// <summary>A file that exists only in a test.</summary>
    public static CSharpFile Of(string text) => new("Made.cs", text);

    /// <summary>The line of a position, from 1.</summary>
    public int LineOf(int position) => Text.AsSpan(0, position).Count('\n') + 1;

    private static readonly HashSet<string> NotMethods =
        ["if", "for", "foreach", "while", "switch", "using", "lock", "catch", "fixed", "when"];

    private static readonly Regex NotReturnTypes = new(
        @"^\s*(new|return|await|throw|else|case|not|is|in|and|or)\b|\b(record|class|struct)\b");

    // Without backtracking, since long argument lists look like declarations for long.
    private static readonly Regex MethodDeclarations = new(
        @"^[ ]{4,}(?<type>[\w<>\[\],.?() ]*[\w>\]?)][ ])?(?<name>[A-Za-z_]\w*)" +
        @"[ ]*(?:<[^>{}()]*>)?[ ]*\(",
        RegexOptions.Multiline | RegexOptions.NonBacktracking);

    private static string Blank(Match match) => NotNewLine().Replace(match.Value, " ");

    // Outermost declarations begin at the line's start; the next closing bracket there ends them.
    private int LinesFrom(int start)
    {
        var semicolon = Code.IndexOf(';', start);
        var bracket = Code.IndexOf('{', start);
        var end = bracket < 0 || (semicolon >= 0 && semicolon < bracket)
            ? semicolon
            : Code.IndexOf("\n}", start, StringComparison.Ordinal);
        return LineOf(end < 0 ? Code.Length - 1 : end) - LineOf(start) + 1;
    }

    // Null when what follows the parameters is no body, as in an interface.
    private int? BodyLines(int openParenthesis)
    {
        var at = Matching(openParenthesis, '(', ')') + 1;
        while (at < Code.Length && Code[at] is not ('{' or ';' or '='))
            at++;

        if (at >= Code.Length || Code[at] == ';')
            return null;
        if (Code[at] == '{')
            return Math.Max(0, LineOf(Matching(at, '{', '}')) - LineOf(at) - 1);
        return Code[at + 1] == '>' ? LineOf(ArrowEnd(at)) - LineOf(at) + 1 : null;
    }

    private int ArrowEnd(int at)
    {
        var depth = 0;
        while (at < Code.Length - 1 && (Code[at] != ';' || depth > 0))
        {
            depth += Code[at] is '{' or '(' ? 1 : Code[at] is '}' or ')' ? -1 : 0;
            at++;
        }

        return at;
    }

    private int Matching(int at, char open, char close)
    {
        var depth = 0;
        for (; at < Code.Length; at++)
        {
            depth += Code[at] == open ? 1 : Code[at] == close ? -1 : 0;
            if (depth == 0)
                return at;
        }

        return Code.Length - 1;
    }

    // Raw texts first: they may hold anything. Then verbatim, ordinary, characters, comments.
    private const string Texts =
        @"""""""(?:.|\n)*?""""""""*|[$]?@[$]?""(?:[^""]|"""")*""|""(?:\\.|[^""\\\n])*""" +
        @"|'(?:\\.|[^'\\\n])+'";

    [GeneratedRegex(Texts + @"|//[^\n]*|/\*(?:.|\n)*?\*/")]
    private static partial Regex NotCode();

    [GeneratedRegex(Texts + @"|(?<comment>//[^\n]*|/\*(?:.|\n)*?\*/)")]
    private static partial Regex Comment();

    [GeneratedRegex(@"[^\n]")]
    private static partial Regex NotNewLine();

    [GeneratedRegex(
        @"^(?:(?:public|internal|file|sealed|static|abstract|partial|readonly|ref|unsafe)\s+)*" +
        @"(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?)\s+(?<name>[A-Z]\w*)",
        RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();
}
