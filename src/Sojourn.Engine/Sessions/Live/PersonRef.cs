namespace Sojourn.Sessions.Live;

/// <summary>A person without their name.</summary>
/// <param name="Stream">
/// The device nobody named, or named only by claim, or the claimed user; null for a known user.
/// </param>
/// <param name="User">
/// The root of a known user; with a device the user claimed on it, or 0 for none.
/// </param>
internal readonly record struct PersonRef(StreamLog? Stream, int User);

/// <summary>An event of a person and where it stands in its stream.</summary>
/// <param name="Entry">The event.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Index">Its index there.</param>
internal readonly record struct PersonEntry(LogEntry Entry, StreamLog Stream, int Index)
{
    public long TimeUs => Entry.TimeUs;

    public int Number => Entry.Number;
}
