using Sojourn.Events;
using Sojourn.Events.Rules;
using Sojourn.Kinds.Visits;
using Sojourn.Kinds.Visits.Leads;
using Xunit;
using static Sojourn.Tests.Leads.LeadVisits;

namespace Sojourn.Tests.Leads;

/// <summary>What a visit tells of intent, and on what evidence.</summary>
public sealed class IntentTests
{
    [Fact]
    public void Mail_then_pricing_then_case_study_then_demo_request_is_high()
    {
        var (mail, pricing, proof, demo) = (
            Some.Event("email_open", 0), Page("/pricing", 2),
            Page("/case-studies/acme", 5), Some.Event("demo_request", 7));

        var intent = One(mail, pricing, proof, demo).Intent;

        Assert.Equal("high", intent.Intent);
        Assert.Equal([pricing.Id, proof.Id, demo.Id], intent.Evidence);
    }

    [Fact]
    public void The_seeds_example_of_five_events_is_high()
    {
        var visit = One(
            Some.Event("email_open", 0),
            Some.Event("email_click", 2, properties: """{"url":"https://x.example/pricing"}"""),
            Page("/pricing", 3),
            Page("/case-study", 5),
            Some.Event("form_submit", 7, properties: """{"form":"contact"}"""));

        Assert.Equal("high", visit.Intent.Intent);
        Assert.Equal(
            ["Opened e-mail", "Clicked e-mail", "Pricing", "Case study"], visit.Path);
        Assert.Equal("Contact form", visit.Goal?.Name);
        Assert.Equal(7 * 60_000_000, visit.Goal?.AfterUs);
    }

    [Fact]
    public void Mail_then_unsubscribe_is_low() => Assert.Equal(
        "low", One(Some.Event("email_open", 0), Some.Event("unsubscribe", 1)).Intent.Intent);

    [Fact]
    public void Blog_article_documentation_and_another_post_is_research()
    {
        var intent = One(
            Page("/blog/one", 0), Page("/blog/related", 4), Page("/docs/start", 9),
            Page("/blog/two", 12)).Intent;

        Assert.Equal("research", intent.Intent);
        Assert.Equal(3, intent.Evidence.Count);
    }

    [Fact]
    public void The_same_content_page_again_is_no_further_page() => Assert.Equal(
        "none",
        One(Page("/blog/one", 0), Page("/blog/one", 1), Page("/blog/one/", 2)).Intent.Intent);

    [Fact]
    public void Research_ends_where_pricing_is_seen() => Assert.Equal(
        "none",
        One(Page("/blog/1", 0), Page("/blog/2", 1), Page("/docs", 2), Page("/pricing", 3))
            .Intent.Intent);

    [Fact]
    public void Proof_before_pricing_is_not_high() => Assert.Equal(
        "none",
        One(Page("/case-study", 0), Page("/pricing", 1), Some.Event("demo_request", 2))
            .Intent.Intent);

    [Fact]
    public void A_single_event_is_low_and_rests_on_it()
    {
        var only = Page("/", 0);

        Assert.Equal([only.Id], One(only).Intent.Evidence);
        Assert.Equal("low", One(only).Intent.Intent);
    }

    [Fact]
    public void A_project_decides_about_intent_itself()
    {
        var rules = With(JourneySet.Name, """
            {"steps":[{"name":"Sizes","topic":"sizes","paths":["/sizes"]}],
             "intents":[{"intent":"high","name":"Looked at sizes","sequence":["sizes"]}]}
            """, version: 4);

        var visit = One(rules, Page("/", 0), Page("/sizes", 1));

        Assert.Equal(("high", "Looked at sizes"), (visit.Intent.Intent, visit.Intent.Rule));
        Assert.Equal(4, visit.RulesVersion.Journey);
    }

    [Theory]
    [InlineData("""{"steps":[],"intents":[{"intent":"high","name":"x","sequence":["pricing"]}]}""",
        "rule_never_matches", "intents[0]")]
    [InlineData("""{"steps":[],"intents":[{"intent":"huge","name":"x","events_max":1}]}""",
        "rule_invalid", "intents[0].intent")]
    [InlineData("""{"steps":[{"name":"x","paths":["pricing"]}],"intents":[]}""",
        "rule_never_matches", "steps[0].paths")]
    [InlineData("""{"steps":[{"name":"x"}],"intents":[]}""", "rule_never_matches", "steps[0]")]
    [InlineData("""{"steps":[],"intents":[],"more":1}""", "rule_invalid", "more")]
    public void Rules_that_cannot_work_are_refused(string json, string code, string field)
    {
        Assert.False(RuleJson.TryRead<JourneySet>(json, out _, out var fault));
        Assert.Equal((code, field), (fault.Code, fault.Field));
    }

    [Fact]
    public void A_path_has_no_step_twice_in_a_row_and_at_most_six()
    {
        var path = One(
            Page("/a", 0), Page("/a/deeper", 1), Page("/b", 2), Page("/c", 3), Page("/d", 4),
            Page("/e", 5), Page("/f", 6), Page("/g", 7)).Path;

        Assert.Equal(["/a", "/b", "/c", "/d", "/e", "/f"], path);
    }

    [Fact]
    public void A_claimed_order_is_no_conversion()
    {
        var visit = Of(new(), Some.Event("order_submitted", trust: Trust.Claimed)).Single();

        Assert.Null(DetailOf(visit).Goal);
        Assert.Equal(VisitStatus.Active, visit.Lifecycle.Status);
    }
}
