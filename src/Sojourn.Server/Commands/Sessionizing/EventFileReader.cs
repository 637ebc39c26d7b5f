using Sojourn.Events;

namespace Sojourn.Server.Commands.Sessionizing;

/// <summary>Reads what <see cref="EventFileWriter"/> wrote, in the order written.</summary>
internal static class EventFileReader
{
    public static IEnumerable<Event> ReadAll(string path)
    {
        using var file = File.OpenRead(path);
        using var from = new BinaryReader(file);
        var length = file.Length;
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        while (file.Position < length)
            yield return Read(from, known);
    }

    private static Event Read(BinaryReader from, Dictionary<string, string> known)
    {
        // Names and people repeat; one text for each keeps a part small.
        string Shared(string text)
        {
            if (known.TryGetValue(text, out var first))
                return first;
            known.Add(text, text);
            return text;
        }

        string? Told() => from.ReadBoolean() ? Shared(from.ReadString()) : null;

        return new Event
        {
            Id = from.ReadString(),
            Name = Shared(from.ReadString()),
            AnonymousId = Told(),
            UserId = Told(),
            TimeUs = from.ReadInt64(),
            ReceivedUs = 0,
            Seq = from.ReadBoolean() ? from.ReadInt64() : null,
            Trust = Trust.Verified,
            Properties = Properties.FromJson(from.ReadBytes(from.Read7BitEncodedInt())),
            Context = from.ReadBoolean() ? ReadContext(Told, from) : EventContext.None,
        };
    }

    private static EventContext ReadContext(Func<string?> told, BinaryReader from) => new()
    {
        Ip = told(),
        UserAgent = told(),
        Url = told(),
        Referrer = told(),
        Locale = told(),
        Country = told(),
        Campaign = from.ReadBoolean()
            ? new Campaign(told(), told(), told(), told(), told())
            : null,
    };
}
