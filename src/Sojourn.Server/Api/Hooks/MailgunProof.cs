using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sojourn.Events;
using Sojourn.Ingest;
using Sojourn.Ingest.Mail;
using Sojourn.Server.Accounts;

namespace Sojourn.Server.Api.Hooks;

/// <summary>
/// Mailgun's signature: HMAC-SHA256 over a time and a random text, in hex digits in the body. It
/// says nothing about the rest of the body, which the secret address vouches for.
/// </summary>
internal static class MailgunProof
{
    // Mailgun repeats for eight hours, and does not say that it signs anew.
    private static readonly long _pastUs =
        Micros.From(TimeSpan.FromHours(8) + TimeSpan.FromMinutes(5));

    private static readonly long _futureUs = Micros.From(TimeSpan.FromMinutes(5));

    /// <summary>Why a request is not believed; null = it is.</summary>
    /// <param name="signingKey">The account's webhook signing key.</param>
    /// <param name="signature">What the body says; null when it says nothing.</param>
    /// <param name="nowUs">Our clock, microseconds UTC.</param>
    public static RefusalCode? Judge(
        string signingKey, MailgunSignature? signature, long nowUs)
    {
        if (signature is null)
            return RefusalCodes.SignatureInvalid;

        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(signingKey),
            Encoding.UTF8.GetBytes(signature.Timestamp + signature.Token)));
        if (!SecretToken.AreEqual(expected, signature.Signature))
            return RefusalCodes.SignatureInvalid;

        return long.TryParse(
                signature.Timestamp, NumberStyles.None, CultureInfo.InvariantCulture,
                out var signed)
            && (nowUs - signed * 1_000_000m) is var age
            && age <= _pastUs && age >= -_futureUs
            ? null
            : RefusalCodes.SignatureExpired;
    }
}
