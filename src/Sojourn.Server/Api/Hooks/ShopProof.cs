using System.Security.Cryptography;
using System.Text;
using Sojourn.Ingest;

namespace Sojourn.Server.Api.Hooks;

/// <summary>A shop's signature: base64 of HMAC-SHA256 over the raw body.</summary>
internal static class ShopProof
{
    /// <summary>Why a request is not believed; null = it is.</summary>
    /// <param name="proof">The secrets that may sign, and the only shop let in.</param>
    /// <param name="headers">What the request's headers say.</param>
    /// <param name="body">Its body, exactly as it came.</param>
    /// <param name="nowUs">Our clock, microseconds UTC.</param>
    public static RefusalCode? Judge(
        HookProof proof, ShopHeaders headers, ReadOnlySpan<byte> body, long nowUs)
    {
        var told = new byte[headers.Signature?.Length ?? 0];
        if (!Convert.TryFromBase64String(headers.Signature ?? "", told, out var length))
            return RefusalCodes.SignatureInvalid;

        var signature = told.AsSpan(0, length);
        var isSigned = Signs(proof.Secret!, body, signature) // Of a shop's proof, it is there.
            || (proof.SecretBefore is { } before && nowUs < proof.BeforeUntilUs
                && Signs(before, body, signature));
        var isOfShop = proof.Shop is null || proof.Shop == headers.Sending.Shop;
        return isSigned && isOfShop ? null : RefusalCodes.SignatureInvalid;
    }

    private static bool Signs(
        string secret, ReadOnlySpan<byte> body, ReadOnlySpan<byte> signature) =>
        CryptographicOperations.FixedTimeEquals(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body), signature);
}
