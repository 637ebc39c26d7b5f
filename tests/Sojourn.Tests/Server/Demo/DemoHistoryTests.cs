using System.Text.RegularExpressions;
using Sojourn.Events;
using Sojourn.Events.Classification;
using Sojourn.Server.Commands.Demo;
using Xunit;

namespace Sojourn.Tests.Server.Demo;

/// <summary>The demo's made-up past is the same each time, and like a real one.</summary>
public sealed class DemoHistoryTests
{
    private static readonly DemoHistory History = new(1, Some.Us(0), days: 20);

    [Fact]
    public void The_same_seed_and_instant_give_the_same_history()
    {
        var again = new DemoHistory(1, Some.Us(0), days: 20);

        Assert.Equal(History.Arrivals, again.Arrivals);
        Assert.Equal(History.Moves, again.Moves);
    }

    [Fact]
    public void Another_seed_gives_another_history()
    {
        Assert.NotEqual(
            History.Arrivals.Count, new DemoHistory(2, Some.Us(0), days: 20).Arrivals.Count);
    }

    [Fact]
    public void Nothing_has_happened_or_arrived_after_its_end()
    {
        Assert.All(History.Arrivals, e => Assert.InRange(e.TimeUs, 0, Some.Us(0)));
        Assert.All(History.Arrivals, e => Assert.InRange(e.ReceivedUs, e.TimeUs, Some.Us(0)));
    }

    [Fact]
    public void Some_events_are_late_and_some_arrive_twice()
    {
        var hour = Micros.From(TimeSpan.FromHours(1));

        Assert.Contains(History.Arrivals, e => e.ReceivedUs - e.TimeUs > hour);
        Assert.True(
            History.Arrivals.DistinctBy(e => e.Id).Count() < History.Arrivals.Count);
    }

    [Fact]
    public void Among_people_there_are_machines_an_office_and_hoarders()
    {
        var rules = History.Arrivals.Select(SuppressionRules.Default.RuleFor).ToHashSet();
        var office = History.Arrivals.Where(e => e.Context.Ip == "203.0.113.7");
        var hoarders = History.Arrivals.Where(e =>
            e.Context.Ip?.StartsWith("198.51.100.") == true && e.Name == "reservation_extended");

        Assert.Contains(SuppressionRules.Crawler, rules);
        Assert.Contains(SuppressionRules.MailMachine, rules);
        Assert.True(office.Select(e => e.AnonymousId).Distinct().Count() > 5);
        Assert.True(hoarders.Count() > 5);
    }

    [Fact]
    public void People_have_phones_of_their_country_and_addresses_that_take_no_mail()
    {
        var patterns = new Dictionary<string, string>
        {
            ["DZ"] = @"^(0|\+213 )555 00 \d\d \d\d$",
            ["FR"] = @"^06 39 98 \d\d \d\d$",
            ["DE"] = @"^0171 39200\d\d$",
            ["GB"] = @"^07700 900\d\d\d$",
            ["US"] = @"^\(\d\d\d\) 555-01\d\d$",
        };
        var people = Enumerable.Range(0, 2_000).Select(DemoPeople.Of).ToList();

        Assert.All(people, one => Assert.Matches(patterns[one.Place.Country], one.Phone));
        Assert.All(people, one => Assert.Matches(
            @"^[a-z.]+\d*@(example\.com|example\.net|mail\.example)$", one.Email));
        Assert.Equal(patterns.Keys.Order(), people.Select(p => p.Place.Country).Distinct().Order());
    }

    [Fact]
    public void Algerians_write_their_names_in_two_scripts()
    {
        var names = Enumerable.Range(0, 500).Select(DemoPeople.Of)
            .Where(one => one.Place.Country == "DZ").Select(one => one.Name).ToList();

        Assert.Contains(names, name => Regex.IsMatch(name, @"^\p{IsArabic}[\p{IsArabic} ]+$"));
        Assert.Contains(names, name => Regex.IsMatch(name, "^[A-Z][a-zïèë]+ [A-Z][a-zïèë ]+$"));
    }
}
