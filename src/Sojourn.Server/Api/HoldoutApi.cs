using System.Text.Json;
using Sojourn.Events;
using Sojourn.Server.Revenue;

namespace Sojourn.Server.Api;

/// <summary>
/// GET /v1/revenue/holdout: the people that the comparison of GET /v1/revenue counts.
/// </summary>
internal static class HoldoutApi
{
    public static void MapHoldoutApi(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/revenue/holdout", GetAsync).Needs(Policy.Read);

    /// <summary>A page of them; 400 names the parameter at fault.</summary>
    internal static async Task GetAsync(
        HttpContext context, HoldoutReports reports, TimeProvider clock)
    {
        var (project, nowUs) = (context.Project(), clock.NowUs());
        if (!HoldoutQuestion.TryRead(
                context.Parameters().Where(one => one.Key != "project"), project.Settings,
                nowUs, out var question, out var fault))
        {
            await Problem.Of(fault).WriteAsync(context);
            return;
        }

        var list = HoldoutList.Of(question, await reports.PeopleAsync(
            project, question.Period, nowUs, context.RequestAborted));
        await context.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("total"u8, list.Total);
            json.WriteStartArray("items"u8);
            foreach (var one in list.Items)
                Write(json, one);
            json.WriteEndArray();
            if (list.Next is { } next)
                json.WriteNumber("next"u8, next);
            else
                json.WriteNull("next"u8);
            json.WriteEndObject();
        });
    }

    /// <summary>Writes the comparison, each number with the question for its people.</summary>
    public static void Write(Utf8JsonWriter json, HoldoutReport report)
    {
        json.WriteStartObject();
        json.WriteNumber("days"u8, report.Days);
        json.WriteBoolean("on"u8, report.IsOn);
        json.WriteBoolean("cut"u8, report.IsCut);
        json.WriteStartArray("comparisons"u8);
        foreach (var one in report.Comparisons)
        {
            json.WriteStartObject();
            json.WriteString("rule"u8, one.Rule);
            json.WriteString("name"u8, one.Name);
            json.WriteNumber("share"u8, one.Share);
            WriteSide(json, one, one.WrittenTo, isHeldOut: false);
            WriteSide(json, one, one.HeldOut, isHeldOut: true);
            WriteDifference(json, one.Difference);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSide(
        Utf8JsonWriter json, HoldoutComparison of, HoldoutSide side, bool isHeldOut)
    {
        json.WriteStartObject(HoldoutQuestion.SideOf(isHeldOut));
        json.WriteNumber("people"u8, side.Ordered.Of);
        json.WriteNumber("ordered"u8, side.Ordered.Count);
        json.WriteNumber("open"u8, side.Open);
        WriteRate(json, "rate"u8, side.Ordered.Rate);
        WriteInterval(json, side.Ordered.Interval);
        json.WriteStartObject("queries"u8);
        json.WriteString("people"u8, HoldoutQuestion.Of(
            of, isHeldOut, HoldoutOutcome.Ordered, HoldoutOutcome.NotOrdered));
        json.WriteString(
            "ordered"u8, HoldoutQuestion.Of(of, isHeldOut, HoldoutOutcome.Ordered));
        json.WriteString("open"u8, HoldoutQuestion.Of(of, isHeldOut, HoldoutOutcome.Open));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteDifference(Utf8JsonWriter json, RateDifference? difference)
    {
        if (difference is not { } known)
        {
            json.WriteNull("difference"u8);
            return;
        }

        json.WriteStartObject("difference"u8);
        WriteRate(json, "value"u8, known.Value);
        WriteInterval(json, known.Interval);
        json.WriteString(
            "says"u8, known.Sign switch { 1 => "more", -1 => "fewer", _ => "unknown" });
        json.WriteEndObject();
    }

    private static void WriteInterval(Utf8JsonWriter json, RateInterval interval)
    {
        WriteRate(json, "low"u8, interval.Low);
        WriteRate(json, "high"u8, interval.High);
    }

    // Four digits: a hundredth of a percent.
    private static void WriteRate(Utf8JsonWriter json, ReadOnlySpan<byte> name, double rate) =>
        json.WriteNumber(name, Math.Round((decimal)rate, 4));

    private static void Write(Utf8JsonWriter json, ComparedPerson one)
    {
        var decision = one.Decision;
        json.WriteStartObject();
        json.WriteString("message"u8, decision.Id);
        json.WriteString("person"u8, decision.Person);
        json.WriteString("address"u8, decision.Address);
        json.WriteString("session"u8, decision.Session);
        json.WriteString("rule"u8, decision.Rule);
        json.WriteNumber("share"u8, decision.Arm.Share);
        json.WriteString("side"u8, HoldoutQuestion.SideOf(decision.Arm.IsHeldOut));
        json.WriteTime("decided"u8, decision.Arm.DecidedUs);
        json.WriteString("state"u8, decision.State);
        json.WriteString("why"u8, decision.Why);
        json.WriteString("outcome"u8, one.Outcome);
        json.WriteTime("ordered"u8, one.Order?.AtUs);
        json.WriteString("order_session"u8, one.Order?.Session);
        json.WriteEndObject();
    }
}
