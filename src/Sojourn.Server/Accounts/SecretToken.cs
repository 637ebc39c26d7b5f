using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Sojourn.Server.Accounts;

/// <summary>What only one person is told, and only its hash is kept.</summary>
internal static class SecretToken
{
    private const int RandomBytes = 32;

    /// <summary>256 random bits, for an address or a cookie.</summary>
    public static string New() =>
        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>What a token is found by. Random bits need no slow hash.</summary>
    public static string HashOf(string token) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>Compares in a time that tells nothing.</summary>
    public static bool AreEqual(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(HashOf(one)), Encoding.UTF8.GetBytes(HashOf(other)));
}
