using System.Text;
using Microsoft.Extensions.Primitives;
using Sojourn.Ingest;
using Sojourn.Server.Accounts;

namespace Sojourn.Server.Api.Hooks;

/// <summary>Postmark signs nothing; it sends the user and password in the address it has.</summary>
internal static class PostmarkProof
{
    private const string Scheme = "Basic ";

    /// <summary>Why a request is not believed; null = it is.</summary>
    public static RefusalCode? Judge(string user, string password, StringValues authorization)
    {
        if (authorization is not [{ } header]
            || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return RefusalCodes.SignatureInvalid;
        }

        var text = header[Scheme.Length..].Trim();
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length)
            && SecretToken.AreEqual(
                Encoding.UTF8.GetString(bytes, 0, length), $"{user}:{password}")
            ? null
            : RefusalCodes.SignatureInvalid;
    }
}
