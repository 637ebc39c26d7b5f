using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>Ends the process when going on could lose or corrupt what was promised.</summary>
internal sealed class Ending(IHostApplicationLifetime lifetime)
{
    /// <summary>Exit code of a process that its storage failed. Source: sysexits.h.</summary>
    public const int StorageFailed = 74;

    /// <summary>How the process is to exit.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Stops the server when a failure cannot heal in place; null is no failure.</summary>
    public void Judge(Exception? failure)
    {
        if (failure is not StoreException { Fault: StoreFault.Failed or StoreFault.Damaged })
            return;

        ExitCode = StorageFailed;
        lifetime.StopApplication();
    }
}
