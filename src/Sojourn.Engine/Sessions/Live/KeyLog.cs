namespace Sojourn.Sessions.Live;

/// <summary>The events of one key of a kind that has keys of its own.</summary>
internal sealed class KeyLog : EventLog
{
    public KeyLog(int kind, ulong id)
    {
        Kind = kind;
        Id = id;
    }

    private KeyLog(BinaryReader from)
    {
        Kind = from.ReadInt32();
        Id = from.ReadUInt64();
        Runs = from.ReadInt32();
        LoadEntries(from);
    }

    /// <summary>Index of the kind.</summary>
    public int Kind { get; }

    /// <summary>Fingerprint of the key.</summary>
    public ulong Id { get; }

    /// <summary>Sessions it has now.</summary>
    public int Runs { get; set; }

    public void SaveAll(BinaryWriter to)
    {
        to.Write(Kind);
        to.Write(Id);
        to.Write(Runs);
        Save(to);
    }

    public static KeyLog LoadAll(BinaryReader from) => new(from);
}
