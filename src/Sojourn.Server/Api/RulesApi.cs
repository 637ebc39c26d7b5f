using System.Text.Json;
using Sojourn.Events.Rules;
using Sojourn.Server.Rules;

namespace Sojourn.Server.Api;

/// <summary>A project's rules: what is in force, what others would change, other ones.</summary>
internal static class RulesApi
{
    /// <summary>Greatest body taken.</summary>
    public const int BodyBytesMax = 512 * 1024;

    private static readonly Problem Unreadable = new(
        400, "rules_unreadable", "The body is no JSON object with the rules.",
        "Send {\"version\":N,\"rules\":{…}} with the version you changed.");

    private static readonly Problem NoSuchDays = new(
        422, RuleFault.Invalid, "The days are out of range.",
        $"Use 1 to {RulePreviews.DaysMax}, or leave them out for the whole history.")
    { Field = "days" };

    private static readonly Problem Stale = new(
        409, "rules_stale", "Somebody else saved these rules first.",
        "Read them again, repeat your change and save with their version.");

    public static void MapRulesApi(this IEndpointRouteBuilder routes, RuleCatalog catalog)
    {
        routes.MapGet("/v1/rules", ListAsync).Needs(Policy.Read);
        foreach (var set in catalog.All)
            Map(routes, $"/v1/rules/{set.Name}", set);

        // The address that scoring is known by.
        Map(routes, "/v1/scoring", catalog.Find("scoring")!); // Program lists it.
    }

    /// <summary>Writes rules and their version.</summary>
    public static void Write(Utf8JsonWriter json, RuleSet set, RuleText text)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, set.Name);
        json.WriteNumber("version"u8, text.Version);
        json.WriteBoolean("shipped"u8, text.Version == 0);
        json.WritePropertyName("rules"u8);
        json.WriteRawValue(text.Json, skipInputValidation: true);
        json.WriteEndObject();
    }

    private static void Map(IEndpointRouteBuilder routes, string path, RuleSet set)
    {
        routes.MapGet(path, (HttpContext context, RuleBook book) =>
            context.AnswerAsync(json => Write(json, set, book.Current(context.Project(), set))))
            .Needs(Policy.Read);
        routes.MapPut(path, (HttpContext context, RuleBook book) => SaveAsync(context, book, set))
            .Needs(Policy.Decide);
        routes.MapPost(path + "/preview", (HttpContext context, RulePreviews previews) =>
            PreviewAsync(context, previews, set)).Needs(Policy.Read);
        routes.MapGet(path + "/versions", (HttpContext context, RuleBook book) =>
            VersionsAsync(context, book, set)).Needs(Policy.Read);
    }

    private static Task ListAsync(HttpContext context, RuleCatalog catalog, RuleBook book) =>
        context.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items"u8);
            foreach (var set in catalog.All)
            {
                json.WriteStartObject();
                json.WriteString("name"u8, set.Name);
                json.WriteString("title"u8, set.Title);
                json.WriteString("meaning"u8, set.Meaning);
                json.WriteNumber("version"u8, book.Current(context.Project(), set).Version);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });

    private static async Task SaveAsync(HttpContext context, RuleBook book, RuleSet set)
    {
        if (await ReadAsync(context, "version") is not var (version, rules) || version is null)
        {
            await Unreadable.WriteAsync(context);
            return;
        }

        var answer = await book.SaveAsync(
            context.Project(), set, version.Value, rules, context.Caller().Actor,
            context.RequestAborted);
        if (answer.Fault is { } fault)
            await Of(fault).WriteAsync(context);
        else if (answer.IsStale)
            await (Stale with { More = json => Tell(json, answer) }).WriteAsync(context);
        else
            await context.AnswerAsync(json => Write(json, set, answer.Current));
    }

    private static async Task PreviewAsync(
        HttpContext context, RulePreviews previews, RuleSet set)
    {
        if (await ReadAsync(context, "days") is not var (days, rules))
        {
            await Unreadable.WriteAsync(context);
            return;
        }

        if (days is < 1 or > RulePreviews.DaysMax)
        {
            await NoSuchDays.WriteAsync(context);
            return;
        }

        if (set.FaultOf(rules) is { } fault)
        {
            await Of(fault).WriteAsync(context);
            return;
        }

        var preview = await previews.RunAsync(
            context.Project(), set, rules, days, context.RequestAborted);
        await context.AnswerAsync(json => RulePreviewJson.Write(json, preview));
    }

    private static Task VersionsAsync(HttpContext context, RuleBook book, RuleSet set) =>
        context.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items"u8);
            foreach (var version in book.Versions(context.Project(), set))
            {
                json.WriteStartObject();
                json.WriteNumber("version"u8, version.Version);
                json.WriteString("by"u8, version.By);
                json.WriteTime("at"u8, version.AtUs);
                json.WritePropertyName("rules"u8);
                json.WriteRawValue(version.Json, skipInputValidation: true);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });

    // A preview may name a version too: what is saved next is often asked about first.
    private static async Task<(int? Number, string Rules)?> ReadAsync(
        HttpContext context, string number)
    {
        if (!context.Request.HasJsonContentType()
            || context.Request.ContentLength is null or > BodyBytesMax)
        {
            return null;
        }

        try
        {
            using var body = await JsonDocument.ParseAsync(
                context.Request.Body, default, context.RequestAborted);
            if (body.RootElement.ValueKind != JsonValueKind.Object
                || !body.RootElement.TryGetProperty("rules", out var rules)
                || body.RootElement.EnumerateObject().Any(
                    one => one.Name is not ("rules" or "version") && one.Name != number))
            {
                return null;
            }

            int? told = body.RootElement.TryGetProperty(number, out var member)
                && member.ValueKind == JsonValueKind.Number && member.TryGetInt32(out var whole)
                ? whole
                : null;
            return (told, rules.GetRawText());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Problem Of(RuleFault fault) =>
        new(422, fault.Code, fault.Message, fault.Hint)
        {
            Field = fault.Field.Length == 0 ? "rules" : "rules." + fault.Field,
        };

    private static void Tell(Utf8JsonWriter json, RuleAnswer answer) =>
        json.WriteNumber("version"u8, answer.Current.Version);
}
