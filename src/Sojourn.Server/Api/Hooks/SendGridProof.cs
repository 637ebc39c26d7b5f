using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;
using Sojourn.Events;
using Sojourn.Ingest;

namespace Sojourn.Server.Api.Hooks;

/// <summary>
/// SendGrid's signature: ECDSA on P-256 with SHA-256 over the time it gives and the raw body.
/// </summary>
internal static class SendGridProof
{
    public const string SignatureHeader = "X-Twilio-Email-Event-Webhook-Signature";
    public const string TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp";

    // SendGrid documents no time within which it repeats under one signature.
    private static readonly long _toleranceUs = Micros.From(TimeSpan.FromMinutes(5));

    /// <summary>Why a request is not believed; null = it is.</summary>
    /// <param name="publicKey">Base64 of a SubjectPublicKeyInfo that is known to be one.</param>
    /// <param name="signature">The header; there may be any number of it.</param>
    /// <param name="timestamp">The same.</param>
    /// <param name="body">The body, exactly as it came.</param>
    /// <param name="nowUs">Our clock, microseconds UTC.</param>
    public static RefusalCode? Judge(
        string publicKey,
        StringValues signature,
        StringValues timestamp,
        ReadOnlySpan<byte> body,
        long nowUs)
    {
        if (signature is not [{ } told] || timestamp is not [{ } seconds]
            || !IsSigned(publicKey, told, [.. Encoding.UTF8.GetBytes(seconds), .. body]))
        {
            return RefusalCodes.SignatureInvalid;
        }

        return long.TryParse(
                seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var signed)
            && Math.Abs(nowUs / 1_000_000m - signed) * 1_000_000 <= _toleranceUs
            ? null
            : RefusalCodes.SignatureExpired;
    }

    private static bool IsSigned(string publicKey, string signature, byte[] signed)
    {
        var bytes = new byte[signature.Length];
        if (!Convert.TryFromBase64String(signature, bytes, out var length))
            return false;

        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out _);
        try
        {
            return key.VerifyData(
                signed,
                bytes.AsSpan(0, length),
                HashAlgorithmName.SHA256,
                DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false; // Bytes that are no signature at all.
        }
    }
}
