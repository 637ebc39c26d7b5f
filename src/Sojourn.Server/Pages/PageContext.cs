using Sojourn.Events;
using Sojourn.Server.Accounts;
using Sojourn.Server.Api;
using Sojourn.Server.Pages.Lists;
using Sojourn.Storage;

namespace Sojourn.Server.Pages;

/// <summary>What every part of a page may need to know of the request it is made for.</summary>
internal sealed class PageContext
{
    /// <summary>The cookie that keeps the language.</summary>
    public const string LanguageCookie = "language";

    /// <summary>The cookie that keeps the theme.</summary>
    public const string ThemeCookie = "theme";

    private readonly HttpContext _http;
    private readonly Forgery _forgery;

    public PageContext(
        IHttpContextAccessor http, Forgery forgery, TimeProvider clock,
        StaticAssets assets)
    {
        _forgery = forgery;
        // Only made while a request is answered.
        _http = http.HttpContext!;
        NowUs = clock.NowUs();
        Assets = assets;
        Language = Language.Of(_http.Request.Cookies[LanguageCookie]);
        Theme = _http.Request.Cookies[ThemeCookie] is ("light" or "dark") and var theme
            ? theme
            : null;
        Caller = _http.CallerOrNobody();
        Zone = ZoneOf(Caller.Project);
    }

    /// <summary>Who asks.</summary>
    public Caller Caller { get; }

    /// <summary>The project the page is about.</summary>
    /// <exception cref="InvalidOperationException">It is about none.</exception>
    public Project Project => Caller.Project
        ?? throw new InvalidOperationException("This page is about no project.");

    /// <summary>The instant the page holds for, microseconds UTC.</summary>
    public long NowUs { get; }

    /// <summary>The project's time zone; UTC outside projects.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>The words it is written in; who reads a mail chose none here.</summary>
    public Language Language { get; set; }

    /// <summary><c>light</c> or <c>dark</c>; null = as the system is.</summary>
    public string? Theme { get; }

    /// <summary>The files it is made with.</summary>
    public StaticAssets Assets { get; }

    /// <summary>Proves that a form came from a page of ours.</summary>
    public string CsrfToken => field ??= _forgery.TokenFor(_http);

    /// <summary>How what the reader did last went, or null; shown once.</summary>
    public Outcome? Told => _http.Told();

    /// <summary>Where this server is reached, as the browser sees it.</summary>
    public string Origin => $"{_http.Request.Scheme}://{_http.Request.Host}";

    /// <summary>The question of this page's address, with its mark, or empty.</summary>
    public string Question => _http.Request.QueryString.ToString();

    /// <summary>The question with one parameter set to one value, with its mark.</summary>
    public string QuestionWith(string name, string value) => QueryString.Create(
        _http.Request.Query
            .Where(one => one.Key != name)
            .SelectMany(one => one.Value.Select(text => KeyValuePair.Create(one.Key, text)))
            .Append(KeyValuePair.Create(name, (string?)value))).ToString();

    /// <summary>Path and question of this page.</summary>
    public string Address => _http.Request.Path + _http.Request.QueryString;

    private static TimeZoneInfo ZoneOf(Project? project) =>
        project is not null
            && TimeZoneInfo.TryFindSystemTimeZoneById(project.Settings.TimeZone, out var zone)
            ? zone
            : TimeZoneInfo.Utc;
}
