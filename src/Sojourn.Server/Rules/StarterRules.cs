using Sojourn.Events.Rules;
using Sojourn.Kinds.Visits.Leads;

namespace Sojourn.Server.Rules;

/// <summary>Rules to begin with: what most sites look at, to be changed at will.</summary>
internal static class StarterRules
{
    /// <summary>The rules.</summary>
    public static IReadOnlyList<ScoringRule> All { get; } =
    [
        new()
        {
            Id = "email_click", Name = "Followed a link of a mail", Points = 5,
            Dedupe = Repetition.OnceWithin, WithinHours = 24,
            When = new EventCondition { Events = ["email_click"] },
        },
        new()
        {
            Id = "pricing", Name = "Looked at prices", Points = 15,
            Dedupe = Repetition.OnceWithin, WithinHours = 24, Cap = 45,
            When = new EventCondition
            {
                Events = ["page_view"],
                Where = [new("path", Comparison.Like, "/pricing*")],
            },
        },
        new()
        {
            Id = "case_study", Name = "Read a case study", Points = 10, Cap = 30,
            Dedupe = Repetition.OnceWithin, WithinHours = 24,
            When = new EventCondition
            {
                Events = ["page_view"],
                Where = [new("path", Comparison.Like, "/case-stud*")],
            },
        },
        new()
        {
            Id = "docs", Name = "Read documentation", Points = 2, Cap = 20,
            When = new EventCondition
            {
                Events = ["page_view"],
                Where = [new("path", Comparison.Like, "/docs*")],
            },
        },
        new()
        {
            Id = "request", Name = "Asked for a demo or a trial", Points = 50,
            Dedupe = Repetition.OncePerLead,
            When = new EventCondition { Events = ["demo_request", "trial_signup"] },
        },
        new()
        {
            Id = "unsubscribe", Name = "Unsubscribed", Points = -20,
            When = new EventCondition { Events = ["unsubscribe"] },
        },
    ];
}
