namespace Sojourn.Events.Classification;

/// <summary>What events around an event say about it; see <see cref="ISuppression"/>.</summary>
internal sealed class NeighbourRules(SuppressionSet set)
{
    // A mail server tells of a delivery within seconds; a person needs longer to read it.
    private const long DeliveryReachUs = 59_000_000;

    public long ReachUs { get; } = Math.Max(
        set.OpenBeforeDelivery ? DeliveryReachUs : 0,
        Math.Max(
            set.MailScanners is { } scanners ? scanners.WithinMs * 1000L : 0,
            set.Velocity is { } velocity ? velocity.WithinSeconds * 1_000_000L : 0));

    public bool Watches(Event e) => e.Name switch
    {
        _ when e.IsHeartbeat => false,
        _ when set.Velocity is not null => true,
        EventNames.EmailClick => set.MailScanners is not null || set.OpenBeforeDelivery,
        EventNames.EmailOpen => set.MailScanners is not null || set.OpenBeforeDelivery,
        MailEventNames.Delivered => set.OpenBeforeDelivery,
        _ => false,
    };

    public void Mark(IReadOnlyList<Event> run, string?[] rules)
    {
        if (set.MailScanners is { } scanners)
            MarkScanners(run, rules, scanners);
        if (set.OpenBeforeDelivery)
            MarkEarly(run, rules);
        if (set.Velocity is { } velocity)
            MarkFast(run, rules, velocity);
    }

    // A window slides over the mail events; where it holds enough links, all of it is marked.
    private static void MarkScanners(
        IReadOnlyList<Event> run, string?[] rules, MailScanners scanners)
    {
        var mail = IndexesOf(run, e => e.Name is EventNames.EmailClick or EventNames.EmailOpen);
        var links = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int left = 0, right = 0; right < mail.Count; right++)
        {
            if (LinkOf(run[mail[right]]) is { } link)
                links[link] = links.GetValueOrDefault(link) + 1;
            while (run[mail[right]].TimeUs - run[mail[left]].TimeUs >= scanners.WithinMs * 1000L)
                Drop(links, LinkOf(run[mail[left++]]));
            if (links.Count >= scanners.Links)
                MarkAll(mail, left, right, rules, SuppressionRules.MailScanner);
        }
    }

    private static void MarkEarly(IReadOnlyList<Event> run, string?[] rules)
    {
        var mail = IndexesOf(run, e => e.Name is MailEventNames.Delivered
            or EventNames.EmailOpen or EventNames.EmailClick);
        for (var i = 0; i < mail.Count; i++)
        {
            var delivered = run[mail[i]];
            if (delivered.Name != MailEventNames.Delivered || MessageOf(delivered) is not { } id)
                continue;

            for (var j = i - 1; j >= 0
                && delivered.TimeUs - run[mail[j]].TimeUs < DeliveryReachUs; j--)
            {
                var other = run[mail[j]];
                if (other.Name != MailEventNames.Delivered && other.TimeUs < delivered.TimeUs
                    && MessageOf(other) == id)
                {
                    rules[mail[j]] ??= SuppressionRules.OpenedEarly;
                }
            }
        }
    }

    private static void MarkFast(IReadOnlyList<Event> run, string?[] rules, Velocity velocity)
    {
        var counted = IndexesOf(run, e => !e.IsHeartbeat);
        for (int left = 0, right = 0; right < counted.Count; right++)
        {
            while (run[counted[right]].TimeUs - run[counted[left]].TimeUs
                >= velocity.WithinSeconds * 1_000_000L)
            {
                left++;
            }

            if (right - left + 1 > velocity.Events)
                MarkAll(counted, left, right, rules, SuppressionRules.TooFast);
        }
    }

    // Backwards until one that is marked: what is before it in the window was marked with it.
    private static void MarkAll(
        List<int> places, int left, int right, string?[] rules, string rule)
    {
        for (var i = right; i >= left; i--)
        {
            if (i < right && rules[places[i]] == rule)
                return;
            rules[places[i]] ??= rule;
        }
    }

    private static void Drop(Dictionary<string, int> links, string? link)
    {
        if (link is not null && --links[link] == 0)
            links.Remove(link);
    }

    private static string? LinkOf(Event e) =>
        e.Name == EventNames.EmailClick ? e.Properties.Text("url") : null;

    private static string? MessageOf(Event e) => e.Properties.Text("message_id");

    private static List<int> IndexesOf(IReadOnlyList<Event> run, Func<Event, bool> isWanted)
    {
        var indexes = new List<int>();
        for (var i = 0; i < run.Count; i++)
        {
            if (isWanted(run[i]))
                indexes.Add(i);
        }

        return indexes;
    }
}
