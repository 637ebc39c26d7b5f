using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sojourn.Server.Outreach;

/// <summary>A message that a project keeps to send again, with places for values.</summary>
/// <param name="Id">Unique in its project; 1 to 64 of a–z, 0–9, dash.</param>
/// <param name="Name">As people call it.</param>
/// <param name="Channel">One of <see cref="Channels"/>.</param>
/// <param name="Language">Its language, e.g. <c>ar</c>. Source: BCP 47.</param>
/// <param name="Subject">A template; empty where the channel has no subject.</param>
/// <param name="Body">A template.</param>
public sealed record MessageTemplate(
    string Id, string Name, string Channel, string Language, string Subject, string Body)
{
    public const string Email = "email";
    public const string WhatsApp = "whatsapp";
    public const string Sms = "sms";

    /// <summary>Characters of a name.</summary>
    public const int NameCharsMax = 80;

    /// <summary>Characters of a subject before its values are put in.</summary>
    public const int SubjectCharsMax = 200;

    private const int IdCharsMax = 64;
    private const int LanguageCharsMax = 35;

    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The ways a message goes.</summary>
    public static IReadOnlyList<string> Channels { get; } = [Email, WhatsApp, Sms];

    /// <summary>Stored times; 0 = it is as shipped.</summary>
    [JsonIgnore]
    public int Version { get; init; }

    /// <summary>True when it is not as shipped, or was never shipped.</summary>
    [JsonIgnore]
    public bool IsSaved => Version > 0;

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static bool TryRead(string json, [NotNullWhen(true)] out MessageTemplate? template)
    {
        try
        {
            template = JsonSerializer.Deserialize<MessageTemplate>(json, Form);
            return template is not null;
        }
        catch (JsonException)
        {
            template = null;
            return false;
        }
    }

    /// <summary>As it is kept.</summary>
    public string Write() => JsonSerializer.Serialize(this, Form);

    /// <summary>What is wrong with it and in which field; null when nothing is.</summary>
    public (string Field, TemplateFault Fault)? FaultOf()
    {
        if (!IsId(Id))
        {
            return ("id", new("This cannot be an id.",
                $"Use 1 to {IdCharsMax} of a to z, 0 to 9 and dashes."));
        }

        if (Name.Trim().Length is 0 or > NameCharsMax)
            return ("name", new("It has no fitting name.", $"Use 1 to {NameCharsMax} letters."));
        if (!Channels.Contains(Channel))
        {
            return ("channel", new("There is no such channel.",
                $"Use {string.Join(", ", Channels)}."));
        }

        if (Language.Length is 0 or > LanguageCharsMax
            || !Language.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            return ("language", new("This is no language.", "Write e.g. en, fr or ar."));
        }

        return FaultOfTexts();
    }

    internal static bool IsId(string id) =>
        id.Length is > 0 and <= IdCharsMax
        && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private (string Field, TemplateFault Fault)? FaultOfTexts()
    {
        if (Channel == Email && string.IsNullOrWhiteSpace(Subject))
            return ("subject", new("A mail needs a subject.", "Write one line."));
        if (Subject.Length > SubjectCharsMax || Subject.Any(char.IsControl))
        {
            return ("subject", new("This cannot be a subject.",
                $"Write one line of up to {SubjectCharsMax} characters."));
        }

        if (!Template.TryParse(Subject, out _, out var fault))
            return ("subject", fault);
        if (string.IsNullOrWhiteSpace(Body))
            return ("body", new("It says nothing.", "Write what the customer should read."));
        return Template.TryParse(Body, out _, out fault) ? null : ("body", fault);
    }
}
