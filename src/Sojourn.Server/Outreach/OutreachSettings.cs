using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sojourn.Storage;

namespace Sojourn.Server.Outreach;

/// <summary>What a project decided about the messages it sends by itself.</summary>
public sealed record OutreachSettings
{
    /// <summary>Rules of one project.</summary>
    public const int RulesMax = 20;

    /// <summary>Sites of one project.</summary>
    public const int OriginsMax = 20;

    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new MinuteOfDay() },
    };

    /// <summary>A project that decided nothing sends nothing.</summary>
    public static OutreachSettings Default { get; } = new();

    /// <summary>The shop's name in messages; empty = the project's.</summary>
    public string Shop { get; init; } = "";

    /// <summary>Where answers go, or null: to the operator's address.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>
    /// Where a customer goes on who follows a link in a message, e.g.
    /// <c>https://shop.example/back?c={checkout_id}</c>; null = messages have no link.
    /// </summary>
    public string? RecoveryUrl { get; init; }

    /// <summary>
    /// Sites of the shop, e.g. <c>https://shop.example</c>. A checkout that told an address of
    /// its own on one of them goes on there. Empty = always <see cref="RecoveryUrl"/>.
    /// </summary>
    public IReadOnlyList<string> RecoveryOrigins { get; init; } = [];

    /// <summary>
    /// By channel, the template of the one-tap buttons; a channel that is not here has its
    /// first one.
    /// </summary>
    public IReadOnlyDictionary<string, string> OneTap { get; init; } =
        new Dictionary<string, string>();

    /// <summary>
    /// True when an address that only a browser told may be written to. Whoever can open the
    /// shop can then make it write to any address.
    /// </summary>
    public bool AcceptClaimedAddresses { get; init; }

    /// <summary>When people are left alone, in the project's time zone.</summary>
    public QuietHours Quiet { get; init; } = QuietHours.Default;

    /// <summary>Messages of the project within an hour, 1 to 10 000.</summary>
    public int PerHour { get; init; } = 100;

    /// <summary>What is sent, to whom and when.</summary>
    public IReadOnlyList<OutreachRule> Rules { get; init; } = [];

    /// <summary>Reads what <see cref="Write"/> wrote or a person did.</summary>
    /// <param name="json">The text.</param>
    /// <param name="fault">What is wrong; null when nothing is.</param>
    /// <returns>Null with a fault.</returns>
    public static OutreachSettings? Read(string json, out OutreachFault? fault)
    {
        try
        {
            var read = JsonSerializer.Deserialize<OutreachSettings>(json, Form);
            fault = read is null
                ? new("", "These are no settings.", "Send a JSON object.")
                : OutreachFaults.Of(read);
            return fault is null ? read : null;
        }
        catch (JsonException e)
        {
            fault = new(
                (e.Path ?? "").TrimStart('$', '.'), "This cannot be read.",
                "Look up the member in docs/guide/outreach.md.");
            return null;
        }
    }

    /// <summary>Who writes, as customers read it.</summary>
    public string NameOf(Project project) => Shop.Length > 0 ? Shop : project.Name;

    /// <summary>As it is kept and told.</summary>
    public string Write() => JsonSerializer.Serialize(this, Form);

    // 21:00, as people write it.
    private sealed class MinuteOfDay : JsonConverter<TimeOnly>
    {
        private const string Form = "HH:mm";

        public override TimeOnly Read(
            ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            TimeOnly.TryParseExact(
                reader.TokenType == JsonTokenType.String ? reader.GetString() : null,
                Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
                ? time
                : throw new JsonException();

        public override void Write(
            Utf8JsonWriter writer, TimeOnly value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString(Form, CultureInfo.InvariantCulture));
    }
}

/// <summary>One reason to write, and what is written.</summary>
/// <param name="Id">Unique in its project; 1 to 64 of a–z, 0–9, dash.</param>
/// <param name="Name">As people call it.</param>
/// <param name="Enabled">False while it sends nothing.</param>
/// <param name="After">How long a form must have been left, e.g. <c>30m</c>.</param>
/// <param name="Steps">One to five messages.</param>
public sealed record OutreachRule(
    string Id, string Name, bool Enabled, string After, IReadOnlyList<OutreachStep> Steps)
{
    /// <summary>The list whose sessions it looks at.</summary>
    public string List { get; init; } = OutreachFaults.ListKnown;

    /// <summary>The status they must have.</summary>
    public string Status { get; init; } = OutreachFaults.StatusKnown;

    /// <summary>Least worth of the order, a decimal text; null = any.</summary>
    public string? MinValue { get; init; }

    /// <summary>Least progress, 0 to 100; null = any, also unknown.</summary>
    public int? MinProgress { get; init; }

    /// <summary>Reasons for leaving; empty = any.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Of a hundred people, how many are left alone to compare with; 0 to 50.</summary>
    public int Holdout { get; init; }
}

/// <summary>One message of a rule.</summary>
/// <param name="After">How long after the rule first applied, e.g. <c>0s</c> or <c>1d</c>.</param>
/// <param name="Template">The id of an e-mail template.</param>
public sealed record OutreachStep(string After, string Template);

/// <summary>When people are left alone; the same time twice = never.</summary>
/// <param name="From">The first minute, e.g. <c>21:00</c>.</param>
/// <param name="To">The first minute after it, the next day where that is earlier.</param>
public sealed record QuietHours(TimeOnly From, TimeOnly To)
{
    /// <summary>From nine in the evening to nine in the morning.</summary>
    public static QuietHours Default { get; } = new(new TimeOnly(21, 0), new TimeOnly(9, 0));

    /// <summary>When they end that an instant is in, or null when it is in none.</summary>
    public DateTimeOffset? EndAfter(DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone);
        var time = TimeOnly.FromDateTime(local.DateTime);
        if (From == To || !time.IsBetween(From, To))
            return null;

        var day = DateOnly.FromDateTime(local.DateTime);
        var end = (time < To ? day : day.AddDays(1)).ToDateTime(To);
        if (zone.IsInvalidTime(end))
            end = end.AddHours(1);
        return new DateTimeOffset(end, zone.GetUtcOffset(end)).ToUniversalTime();
    }
}

/// <summary>What is wrong with settings.</summary>
/// <param name="Field">Where, e.g. <c>rules[0].after</c>; empty = as a whole.</param>
/// <param name="Message">What.</param>
/// <param name="Hint">What to write instead.</param>
public sealed record OutreachFault(string Field, string Message, string Hint);
