using Sojourn.Events;

namespace Sojourn.Sessions.Live;

/// <summary>The events of one identity as sent, and whom they count for.</summary>
internal sealed class StreamLog : EventLog
{
    private static readonly Stretch[] None = [];
    private Stretch[] _stretches = None;

    /// <summary>Starts the log of an event's stream.</summary>
    /// <param name="id">Fingerprint of the stream.</param>
    /// <param name="first">Any event of it.</param>
    /// <param name="users">The project's users.</param>
    public StreamLog(ulong id, Event first, Users users)
    {
        Id = id;
        Form = first.Stream![0];
        User = Form == 'u' ? users.NumberOf(first.UserId!) : 0;
    }

    private StreamLog(BinaryReader from)
    {
        Id = from.ReadUInt64();
        Form = (char)from.ReadByte();
        User = from.ReadInt32();
        LoadEntries(from);
        Divide();
    }

    public ulong Id { get; }

    /// <summary><c>d</c> a device, <c>u</c> a user, <c>c</c> a claimed user.</summary>
    public char Form { get; }

    /// <summary>The user of form <c>u</c>, else 0.</summary>
    public int User { get; }

    /// <summary>The device's stretches; empty for other forms.</summary>
    public ReadOnlySpan<Stretch> Stretched => _stretches;

    /// <summary>
    /// Takes the event just put at the end into the last stretch, if that changes nothing for
    /// the events before.
    /// </summary>
    public bool TryExtend()
    {
        if (Form != 'd')
            return true;

        var mark = Last.Mark;
        if (Count == 1)
        {
            _stretches = [new Stretch(1, mark)];
            return true;
        }

        var user = _stretches[^1].User;
        if (mark != 0 && mark != user && (mark > 0 || -mark != user))
            return false;

        _stretches[^1] = new Stretch(Count, user);
        return true;
    }

    /// <summary>Divides the device's events anew.</summary>
    public void Divide()
    {
        if (Form != 'd')
            return;

        var marks = new int[Count];
        for (var i = 0; i < Count; i++)
            marks[i] = this[i].Mark;
        _stretches = Stretches.Of(marks);
    }

    /// <summary>The stretch user of an event; 0 for forms other than devices.</summary>
    public int UserAt(int index)
    {
        if (_stretches.Length == 0)
            return 0;

        var (low, high) = (0, _stretches.Length - 1);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_stretches[middle].End <= index)
                low = middle + 1;
            else
                high = middle;
        }

        return _stretches[low].User;
    }

    public void SaveAll(BinaryWriter to)
    {
        to.Write(Id);
        to.Write((byte)Form);
        to.Write(User);
        Save(to);
    }

    public static StreamLog LoadAll(BinaryReader from) => new(from);
}
