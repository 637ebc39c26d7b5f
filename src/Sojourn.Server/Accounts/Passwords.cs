using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Sojourn.Server.Accounts;

/// <summary>Makes and checks password hashes, which costs time on purpose.</summary>
internal sealed class Passwords : IDisposable
{
    /// <summary>Characters of the shortest.</summary>
    public const int CharsMin = 12;

    /// <summary>Characters of the longest; longer ones would only cost time.</summary>
    public const int CharsMax = 200;

    /// <summary>What to choose, for people.</summary>
    public const string Advice =
        "At least 12 characters. Four random words are easy to keep and hard to guess.";

    // PBKDF2 with HMAC-SHA-512. Source: OWASP Password Storage Cheat Sheet, 2023.
    private const int Iterations = 210_000;

    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(5);

    // It never looks at the account it is told, so it is told none.
    private readonly PasswordHasher<Account> _hasher = new(
        Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));

    private readonly Lazy<string> _nobodys;
    private readonly SemaphoreSlim _seats = new(Environment.ProcessorCount);

    public Passwords() => _nobodys = new(() => Hash(SecretToken.New()));

    /// <summary>What is wrong with a new password, in plain words; null = nothing.</summary>
    public static string? FaultOf(string password, string email)
    {
        if (password.Length < CharsMin)
            return "The password is too short.";
        if (password.Length > CharsMax)
            return "The password is too long.";

        return password.Equals(email, StringComparison.OrdinalIgnoreCase)
            || password.Distinct().Count() < 4
            ? "The password is too easy to guess."
            : null;
    }

    /// <summary>What is kept of a password.</summary>
    public string Hash(string password) => _hasher.HashPassword(null!, password);

    /// <summary>
    /// Whether it is the account's password; takes as long when there is no account. Null when
    /// too many wait to be checked.
    /// </summary>
    public async Task<bool?> CheckAsync(
        Account? account, string password, CancellationToken cancel)
    {
        if (!await _seats.WaitAsync(WaitMax, cancel))
            return null;

        try
        {
            var hash = account?.PasswordHash;
            var given = password.Length > CharsMax ? password[..CharsMax] : password;
            var result = _hasher.VerifyHashedPassword(null!, hash ?? _nobodys.Value, given);
            return hash is not null
                && password.Length <= CharsMax
                && result != PasswordVerificationResult.Failed;
        }
        finally
        {
            _seats.Release();
        }
    }

    public void Dispose() => _seats.Dispose();
}
