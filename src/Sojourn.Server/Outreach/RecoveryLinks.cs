using System.Buffers.Text;
using System.Security.Cryptography;

namespace Sojourn.Server.Outreach;

/// <summary>
/// Links of ours in messages that lead a customer back. Each names its checkout and how it was
/// sent, with a proof that we made it: nothing is stored for a link.
/// </summary>
/// <param name="keys">Where the key comes from.</param>
/// <param name="linkTo">The whole address of a path of ours.</param>
internal sealed class RecoveryLinks(AddressKeys keys, Func<string, string> linkTo)
{
    /// <summary>Where they lead.</summary>
    public const string Path = "/r/";

    private const int ProofBytes = 16;
    private const int TokenCharsMax = 400;

    /// <summary>What previews show: it looks like one and leads nowhere.</summary>
    public string Example => linkTo(Path + "example");

    /// <summary>Makes links, as many as are asked for at once.</summary>
    public async ValueTask<Func<RecoveryMark, string>> WriterAsync(CancellationToken cancel)
    {
        var key = await KeyAsync(cancel);
        return mark =>
        {
            var said = mark.Write();
            byte[] token = [.. said, .. ProofOf(key, said)];
            return linkTo(Path + Base64Url.EncodeToString(token));
        };
    }

    /// <summary>What a link's token says, or null when it is none of ours.</summary>
    public async Task<RecoveryMark?> ReadAsync(string token, CancellationToken cancel)
    {
        if (token.Length > TokenCharsMax || !Base64Url.IsValid(token))
            return null;

        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length <= ProofBytes || Base64Url.EncodeToString(bytes) != token)
            return null;

        var said = bytes[..^ProofBytes];
        return CryptographicOperations.FixedTimeEquals(
            ProofOf(await KeyAsync(cancel), said), bytes.AsSpan(said.Length))
                ? RecoveryMark.Read(said)
                : null;
    }

    private ValueTask<byte[]> KeyAsync(CancellationToken cancel) =>
        keys.KeyForAsync("recovery-link", cancel);

    private static byte[] ProofOf(byte[] key, byte[] said) =>
        HMACSHA256.HashData(key, said)[..ProofBytes];
}
