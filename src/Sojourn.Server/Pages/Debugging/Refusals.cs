using System.Globalization;
using Sojourn.Ingest;
using Sojourn.Server.Api;
using Sojourn.Server.Pages.Lists;

namespace Sojourn.Server.Pages.Debugging;

/// <summary>Asks the log of refusals everything an address implies.</summary>
internal sealed class Refusals(RefusalLog log, IntakeMeter meter, PageContext here)
{
    /// <summary>The screen of an address.</summary>
    public RefusalScreen Load(ListAddress address)
    {
        var project = here.Project.Id;
        var (query, parameters, notices) = Read(address);
        var open = address.Session is { } id ? log.Find(project, id) : null;
        return new RefusalScreen
        {
            Address = address,
            Query = query,
            Parameters = parameters,
            Page = log.Find(project, query),
            Reading = meter.Of(project),
            Counts = log.CountsOf(project),
            Open = open,
            Alike = open is null
                ? 0
                : log.Find(project, new RefusalQuery { Codes = [open.Refusal.Code] }).Total,
            IsGone = address.Session is not null && open is null,
            Notices = notices,
        };
    }

    // What is not understood is left out and named, so that a page is shown in any case.
    private (RefusalQuery, List<KeyValuePair<string, string>>, List<string>) Read(
        ListAddress address)
    {
        var notices = new List<string>();
        var parameters = address.Question.Where(one => one.Key != "limit").ToList();
        while (true)
        {
            List<KeyValuePair<string, string>> asked =
            [
                .. parameters,
                new("limit", RefusalScreen.Rows.ToString(CultureInfo.InvariantCulture)),
            ];
            if (RefusalQuestion.TryRead(asked, out var query, out var fault))
                return (query, parameters, notices);

            notices.Add(FaultWords.Of(here.Language, fault));
            parameters.RemoveAll(one => one.Key == fault.Field);
        }
    }
}
