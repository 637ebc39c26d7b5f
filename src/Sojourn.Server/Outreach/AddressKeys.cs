using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sojourn.Storage;

namespace Sojourn.Server.Outreach;

/// <summary>
/// Hashes of addresses, and the tokens of opt-out links. The key is made once and kept in the
/// store: who has only a copy of the list cannot try addresses against it.
/// </summary>
internal sealed class AddressKeys(IStore store)
{
    private const int KeyBytes = 32;
    private const int IdBytes = 16;
    private const int ProofBytes = 16;

    private static readonly DocumentPlace Place = new(null, "outreach", "address-key");

    private byte[]? _key;

    /// <summary>What an address is found by in a project.</summary>
    public async Task<string> KeyOfAsync(
        string project, string address, CancellationToken cancel) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(
            await SecretAsync(cancel), Encoding.UTF8.GetBytes($"{project}\0{address}")));

    /// <summary>A key made of it for one purpose alone.</summary>
    public async ValueTask<byte[]> KeyForAsync(string purpose, CancellationToken cancel) =>
        HMACSHA256.HashData(await SecretAsync(cancel), Encoding.UTF8.GetBytes($"for {purpose}"));

    /// <summary>What the opt-out link of a message ends with; nobody can guess it.</summary>
    public async Task<string> TokenOfAsync(string row, CancellationToken cancel)
    {
        var id = Convert.FromHexString(row);
        return Base64Url.EncodeToString([.. id, .. ProofOf(await SecretAsync(cancel), id)]);
    }

    /// <summary>The message a token belongs to, or null when it is none of ours.</summary>
    public async Task<string?> RowOfAsync(string token, CancellationToken cancel)
    {
        var bytes = new byte[IdBytes + ProofBytes];
        if (!Base64Url.IsValid(token)
            || !Base64Url.TryDecodeFromChars(token, bytes, out var length)
            || length != bytes.Length)
        {
            return null;
        }

        var id = bytes[..IdBytes];
        return CryptographicOperations.FixedTimeEquals(
            ProofOf(await SecretAsync(cancel), id), bytes.AsSpan(IdBytes))
                ? Convert.ToHexStringLower(id)
                : null;
    }

    private static byte[] ProofOf(byte[] key, byte[] id)
    {
        byte[] said = [.. "opt-out"u8, .. id];
        return HMACSHA256.HashData(key, said)[..ProofBytes];
    }

    private async ValueTask<byte[]> SecretAsync(CancellationToken cancel)
    {
        if (_key is { } known)
            return known;

        if (store.FindDocument(Place) is null)
        {
            // Of two servers that start at once, one is first.
            await store.PutDocumentAsync(
                Place, 0,
                JsonSerializer.Serialize(RandomNumberGenerator.GetBytes(KeyBytes)), cancel);
        }

        var kept = store.FindDocument(Place)
            ?? throw new InvalidOperationException($"{Place} is not there.");
        return _key = JsonSerializer.Deserialize<byte[]>(kept.Json)!; // Put just above.
    }
}
