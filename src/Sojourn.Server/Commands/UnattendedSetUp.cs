using Sojourn.Server.Accounts;
using Sojourn.Storage;

namespace Sojourn.Server.Commands;

/// <summary>
/// Makes the first admin of what the environment says, for installations without a person.
/// </summary>
internal static class UnattendedSetUp
{
    private const string Email = "SOJOURN_ADMIN_EMAIL";
    private const string Password = "SOJOURN_ADMIN_PASSWORD";

    /// <summary>Does nothing when nothing is said, or when there is an account already.</summary>
    /// <exception cref="CommandFailure">What is said cannot be used.</exception>
    public static async Task RunAsync(IStore store, CancellationToken cancel)
    {
        var staff = new Staff(store, TimeProvider.System);
        var (written, password) = (
            Environment.GetEnvironmentVariable(Email),
            Environment.GetEnvironmentVariable(Password));
        if (!staff.IsEmpty || (string.IsNullOrEmpty(written) && string.IsNullOrEmpty(password)))
            return;

        if (string.IsNullOrEmpty(written) || string.IsNullOrEmpty(password))
            throw CommandFailure.Configuration($"Set both {Email} and {Password}, or neither.");
        if (!Account.TryReadEmail(written, out var email))
            throw CommandFailure.Configuration($"{Email} is no e-mail address.");
        if (Passwords.FaultOf(password, email) is { } fault)
            throw CommandFailure.Configuration($"{Password}: {fault} {Passwords.Advice}");

        // Another server of the same database may do the same at the same time.
        using var passwords = new Passwords();
        await staff.AddFirstAsync(email, passwords.Hash(password), cancel);
    }
}
