namespace Sojourn.Storage;

/// <summary>What is wrong with a store, as far as its caller acts differently.</summary>
public enum StoreFault
{
    /// <summary>Another process holds the data. Exit code 75.</summary>
    InUse,

    /// <summary>The data belongs to a newer program; nothing was touched. Exit code 78.</summary>
    TooNew,

    /// <summary>The data cannot be opened or written as asked. Exit code 78.</summary>
    Unusable,

    /// <summary>The disk is full. Nothing was stored; it works again once there is room.</summary>
    Full,

    /// <summary>Data is missing or damaged. Exit code 74.</summary>
    Damaged,

    /// <summary>
    /// The disk failed while storing. Whether that was stored is unknown, so nothing more is
    /// taken until a restart has looked. Exit code 74.
    /// </summary>
    Failed,

    /// <summary>The database does not answer. Sending again is safe.</summary>
    Unreachable,
}

/// <summary>A store cannot do its work; the message says what, why and what to do next.</summary>
/// <param name="fault">What is wrong.</param>
/// <param name="message">For the operator: the thing, the cause and the next step.</param>
/// <param name="cause">What the library reported, or null.</param>
public sealed class StoreException(StoreFault fault, string message, Exception? cause = null)
    : IOException(message, cause)
{
    /// <summary>What is wrong.</summary>
    public StoreFault Fault { get; } = fault;

    /// <summary>The process that holds the data, or null when that is not the fault.</summary>
    public int? HolderPid { get; init; }
}
