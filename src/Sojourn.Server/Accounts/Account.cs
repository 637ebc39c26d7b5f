using System.Buffers.Text;
using System.Net.Mail;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sojourn.Server.Api;

namespace Sojourn.Server.Accounts;

/// <summary>Somebody who may sign in. Every account sees every project.</summary>
public sealed record Account
{
    private const int IdRandomBytes = 9;
    private const int EmailCharsMax = 254; // Source: RFC 5321, 4.5.3.1.3.

    /// <summary>How accounts, sign-ins and links look as documents.</summary>
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Opaque and never used again: an old e-mail added anew is another account.</summary>
    public required string Id { get; init; }

    /// <summary>Lower case, unique; signs what this person does.</summary>
    public required string Email { get; init; }

    /// <summary>What it may do.</summary>
    public required Role Role { get; init; }

    /// <summary>When it was made, microseconds UTC.</summary>
    public required long CreatedUs { get; init; }

    /// <summary>As <see cref="Passwords"/> makes it; null = none was chosen yet.</summary>
    public string? PasswordHash { get; init; }

    public static Account New(string email, Role role, long nowUs) => new()
    {
        Id = "u_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdRandomBytes)),
        Email = email,
        Role = role,
        CreatedUs = nowUs,
    };

    /// <summary>An address as accounts are found by; false when it is none.</summary>
    public static bool TryReadEmail(string? text, out string email)
    {
        email = (text ?? "").Trim().ToLowerInvariant();
        return email.Length is > 0 and <= EmailCharsMax
            && !email.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
            && MailAddress.TryCreate(email, out var parsed)
            && parsed.Address == email;
    }
}
