using Sojourn.Events;

namespace Sojourn.Benchmarks;

/// <summary>The synthetic events, as mails, pages and requests of leads.</summary>
/// <param name="events">Who does something, and when.</param>
internal sealed class LeadEvents(SyntheticEvents events)
{
    // What comes where: a step of a visit is one of these, the earlier ones more often.
    private static readonly (string Name, string Path)[] Steps =
    [
        (EventNames.PageView, "/"), (EventNames.PageView, "/blog/one"),
        (EventNames.PageView, "/docs/start"), (EventNames.PageView, "/products/7"),
        (EventNames.EmailOpen, ""), (EventNames.PageView, "/pricing"),
        (EventNames.EmailClick, ""), (EventNames.PageView, "/case-studies/acme"),
        (EventNames.PageView, "/blog/two"), ("trial_signup", ""), ("demo_request", ""),
        ("unsubscribe", ""),
    ];

    public int Count => events.Count;

    /// <summary>Events by number, from 0, in order of time.</summary>
    public Event[] Read(int first, int count)
    {
        var read = events.Read(first, count);
        for (var i = 0; i < read.Length; i++)
        {
            var (name, path) = StepOf(first + i);
            read[i] = read[i] with
            {
                Name = name,
                Context = path.Length == 0
                    ? EventContext.None
                    : new EventContext { Url = "https://site.example" + path },
            };
        }

        return read;
    }

    /// <summary>Writes them as CSV with a header: lead, epoch_ms, name, path.</summary>
    public void WriteCsv(string file)
    {
        using var to = new StreamWriter(file);
        to.Write("lead,epoch_ms,name,path\n");
        for (var i = 0; i < Count; i++)
        {
            var e = events.Read(i);
            var (name, path) = StepOf(i);
            to.Write($"{e.AnonymousId},{e.TimeUs / 1000},{name},{path}\n");
        }
    }

    private static (string Name, string Path) StepOf(int number)
    {
        // A number's bits well mixed, squared so that the first steps are the frequent ones.
        var share = (number * 2654435761u & 0xffff) / 65536.0;
        return Steps[(int)(share * share * Steps.Length)];
    }
}
