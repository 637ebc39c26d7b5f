using Sojourn.Events;

namespace Sojourn.Server.Accounts;

/// <summary>
/// The time before there is an account: a link that only the operator sees lets one person set
/// the server up. It lives for an hour or ten wrong tries; a new start makes a new one.
/// </summary>
internal sealed class FirstRun(Staff staff, TimeProvider clock)
{
    /// <summary>How long the link can be used.</summary>
    public static readonly TimeSpan LifeMax = TimeSpan.FromMinutes(60);

    /// <summary>Wrong tokens that are told to be wrong; after them, all are.</summary>
    public const int TriesMax = 10;

    private readonly string _token = SecretToken.New();
    private readonly long _madeUs = clock.NowUs();
    private string? _file;
    private int _tries;

    /// <summary>True once there is an account.</summary>
    public bool IsOver => !staff.IsEmpty;

    /// <summary>The link's path.</summary>
    public string Link => $"/setup?token={_token}";

    /// <summary>
    /// Writes the link into a file that only its owner can read; that of an earlier start goes.
    /// </summary>
    public async Task TellAsync(string file, string link, CancellationToken cancel)
    {
        File.Delete(file);
        if (IsOver)
            return;

        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var text = new StreamWriter(file, options);
        await text.WriteLineAsync(link.AsMemory(), cancel);
        _file = file;
    }

    /// <summary>Whether this is the token, or the link that holds it. A wrong one counts.</summary>
    public bool Opens(string? text)
    {
        if (IsOver || string.IsNullOrEmpty(text)
            || clock.NowUs() - _madeUs >= Micros.From(LifeMax))
        {
            return false;
        }

        // Counted before it is compared, so that many at once have no more tries than one.
        if (Interlocked.Increment(ref _tries) > TriesMax
            || !SecretToken.AreEqual(text[(text.LastIndexOf('=') + 1)..].Trim(), _token))
        {
            return false;
        }

        Interlocked.Decrement(ref _tries);
        return true;
    }

    /// <summary>Takes the file with the link away again.</summary>
    public void Finish()
    {
        if (Interlocked.Exchange(ref _file, null) is { } file)
            File.Delete(file);
    }
}
