using System.Text.Encodings.Web;

namespace Sojourn.Server.Pages.Lists;

/// <summary>
/// A list as an address: everything on the screen, open panel included, follows from it.
/// </summary>
/// <param name="Project">The project's id.</param>
/// <param name="Lens">The list's name.</param>
/// <param name="Session">The session whose panel is open, or null.</param>
/// <param name="Parameters">The question as written, in order.</param>
public sealed record ListAddress(
    string Project,
    string Lens,
    string? Session,
    IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    /// <summary>Which tab of the panel.</summary>
    public const string Tab = "tab";

    /// <summary>Which saved view it began with.</summary>
    public const string View = "view";

    /// <summary>Which columns are shown, repeated.</summary>
    public const string Columns = "column";

    /// <summary>Started within so long before now: <c>24h</c>, <c>7d</c>.</summary>
    public const string Within = "within";

    /// <summary>The session that another one took up, to say so once.</summary>
    public const string Moved = "moved";

    /// <summary>Present when a timeline shows all it can.</summary>
    public const string AllEvents = "timeline";

    private static readonly HashSet<string> OfThePage =
        [Tab, View, Columns, Within, Moved, AllEvents];

    // What a filter change makes meaningless: another question has other pages.
    private static readonly HashSet<string> OfThePlace = ["offset", "cursor", Moved];

    /// <summary>The parameters the question itself has; the others only concern the page.</summary>
    public IEnumerable<KeyValuePair<string, string>> Question =>
        Parameters.Where(one => !OfThePage.Contains(one.Key));

    /// <summary>What decides which sessions are shown, without order, place and page.</summary>
    public IEnumerable<KeyValuePair<string, string>> Filters =>
        Parameters.Where(one => one.Key == Within
            || (!OfThePage.Contains(one.Key) && !OfThePlace.Contains(one.Key)
                && one.Key is not ("sort" or "limit")));

    /// <summary>A parameter's only value, or null.</summary>
    public string? Value(string name) =>
        Parameters.FirstOrDefault(one => one.Key == name).Value;

    /// <summary>All values of a parameter.</summary>
    public IEnumerable<string> Values(string name) =>
        Parameters.Where(one => one.Key == name).Select(one => one.Value);

    /// <summary>The same list with a parameter set to one value, on its first page.</summary>
    public ListAddress With(string name, string value) =>
        Without(name) is var bare && value.Length == 0
            ? bare
            : bare with { Parameters = [.. bare.Parameters, new(name, value)] };

    /// <summary>The same list without a parameter, on its first page.</summary>
    public ListAddress Without(string name) => this with
    {
        Parameters = [.. Parameters.Where(one =>
            one.Key != name && !OfThePlace.Contains(one.Key))],
    };

    /// <summary>The same list without one value of a parameter, on its first page.</summary>
    public ListAddress Without(string name, string value) => this with
    {
        Parameters = [.. Parameters.Where(one =>
            (one.Key != name || one.Value != value) && !OfThePlace.Contains(one.Key))],
    };

    /// <summary>The same list without any filter.</summary>
    public ListAddress Cleared() => this with
    {
        Parameters = [.. Parameters.Where(one => one.Key is "sort" or Columns or Tab)],
    };

    /// <summary>Another page of the same list.</summary>
    public ListAddress At(int offset) => this with
    {
        Parameters =
        [
            .. Parameters.Where(one => !OfThePlace.Contains(one.Key)),
            .. offset > 0 ? [new KeyValuePair<string, string>("offset", offset.ToString(
                System.Globalization.CultureInfo.InvariantCulture))]
                : Array.Empty<KeyValuePair<string, string>>(),
        ],
    };

    /// <summary>The same list, same place, with a session's panel open.</summary>
    public ListAddress Open(string session) =>
        this with { Session = session, Parameters = Bare(Moved) };

    /// <summary>The same list, same place, with another tab of the panel.</summary>
    public ListAddress OnTab(string tab) => this with
    {
        Parameters = [.. Bare(Tab), new(Tab, tab)],
    };

    /// <summary>The same list, same place, without a panel.</summary>
    public ListAddress Closed() => this with
    {
        Session = null,
        Parameters = [.. Bare(Tab).Where(one => one.Key != Moved)],
    };

    /// <summary>The list's own path, without question and panel.</summary>
    public string Path => $"/p/{Project}/{Lens}";

    /// <summary>The address of something that belongs to the list, same question.</summary>
    public string Sub(string path) => $"{Path}/{path}{Text(Parameters)}";

    /// <summary>The export of exactly this list.</summary>
    public string Export(string format, IEnumerable<KeyValuePair<string, string>> question) =>
        ExportOf("/v1/sessions/export", format, [new("lens", Lens), .. question]);

    /// <summary>The export of everything of an address of the API that matches.</summary>
    public string ExportOf(
        string path, string format, IEnumerable<KeyValuePair<string, string>> question) =>
        path + Text(
        [
            new("format", format), new("project", Project),
            .. question.Where(one => one.Key is not ("offset" or "cursor" or "limit")),
        ]);

    /// <inheritdoc/>
    public override string ToString() =>
        (Session is null ? Path : $"{Path}/{Session}") + Text(Parameters);

    private List<KeyValuePair<string, string>> Bare(string name) =>
        [.. Parameters.Where(one => one.Key != name)];

    private static string Text(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var text = string.Join('&', parameters.Select(one =>
            UrlEncoder.Default.Encode(one.Key) + "=" + UrlEncoder.Default.Encode(one.Value)));
        return text.Length == 0 ? "" : "?" + text;
    }
}
