using System.Runtime.InteropServices;
using Sojourn.Events;

namespace Sojourn.Storage.Sqlite;

/// <summary>
/// Batches that are stored together: judges each event, and holds those that are new until
/// they are on disk.
/// </summary>
internal sealed class AppendGroup
{
    private readonly List<Part> _parts = [];

    /// <summary>New events of all projects.</summary>
    public int Count => _parts.Sum(part => part.Events.Count);

    /// <summary>Judges a batch and takes its new events.</summary>
    /// <returns>One outcome for each event, in order.</returns>
    public AppendOutcome[] Add(ProjectShare share, IReadOnlyList<Event> events)
    {
        var part = _parts.Find(one => one.Share == share);
        if (part is null)
            _parts.Add(part = new Part(share));

        var outcomes = new AppendOutcome[events.Count];
        for (var i = 0; i < outcomes.Length; i++)
            outcomes[i] = part.Add(events[i]);
        return outcomes;
    }

    /// <summary>Inserts the new events, block by block.</summary>
    /// <returns>How many.</returns>
    public int Insert(Committer committer, BlockWriter writer)
    {
        foreach (var part in _parts)
            part.Insert(committer, writer);
        return Count;
    }

    /// <summary>Shows what was committed.</summary>
    public void Publish(BlockLog log)
    {
        foreach (var part in _parts)
            part.Publish(log);
    }

    private sealed class Part(ProjectShare share)
    {
        private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
        private readonly List<ulong> _ids = [];
        private readonly List<ulong> _contents = [];
        private readonly List<(BlockPlace Place, BlockHeader Header)> _blocks = [];

        public ProjectShare Share => share;

        public List<Event> Events { get; } = [];

        public AppendOutcome Add(Event e)
        {
            var content = EventContent.FingerprintOf(e);
            if (_places.TryGetValue(e.Id, out var place))
                return Compare(_contents[place] == content);

            var id = Fingerprint.Of(e.Id);
            foreach (var number in share.Ids.Find(id))
            {
                // The content includes the id. Two ids may share a fingerprint.
                if (share.Events.ContentOf(number) == content)
                    return AppendOutcome.Duplicate;
                if (share.Events.Read(number).Id == e.Id)
                    return AppendOutcome.Conflict;
            }

            _places.Add(e.Id, Events.Count);
            Events.Add(e);
            _ids.Add(id);
            _contents.Add(content);
            return AppendOutcome.Stored;
        }

        public void Insert(Committer committer, BlockWriter writer)
        {
            var events = CollectionsMarshal.AsSpan(Events);
            var contents = CollectionsMarshal.AsSpan(_contents);
            var first = share.Events.Places.Events;
            for (var done = 0; done < events.Length;)
            {
                var header = writer.Make(
                    share.Project.Id, first + done, events[done..], contents[done..]);
                var sequence = committer.Insert(header, writer.Payload);
                _blocks.Add((header.PlaceAt(sequence), header));
                done += header.Count;
            }
        }

        public void Publish(BlockLog log)
        {
            var done = 0;
            foreach (var (place, header) in _blocks)
            {
                var events = Events.GetRange(done, place.Count).ToArray();
                var contents = _contents.GetRange(done, place.Count).ToArray();
                log.Keep(place.Sequence, new EventBlock(header, events, contents));
                share.Take(
                    place, events, CollectionsMarshal.AsSpan(_ids).Slice(done, place.Count));
                done += place.Count;
            }
        }

        private static AppendOutcome Compare(bool isSame) =>
            isSame ? AppendOutcome.Duplicate : AppendOutcome.Conflict;
    }
}
