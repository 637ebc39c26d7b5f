using Sojourn.Events;

namespace Sojourn.Server.Commands.Sessionizing;

/// <summary>Writes what sessions depend on of events; see <see cref="EventFileReader"/>.</summary>
internal sealed class EventFileWriter : IDisposable
{
    private const int BufferBytes = 32 * 1024;

    private readonly BinaryWriter _to;

    public EventFileWriter(string path)
    {
        Path = path;
        _to = new BinaryWriter(new FileStream(
            path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes));
    }

    public string Path { get; }

    public void Write(Event e)
    {
        _to.Write(e.Id);
        _to.Write(e.Name);
        WriteTold(e.AnonymousId);
        WriteTold(e.UserId);
        _to.Write(e.TimeUs);
        _to.Write(e.Seq is not null);
        if (e.Seq is { } seq)
            _to.Write(seq);
        _to.Write7BitEncodedInt(e.Properties.Json.Length);
        _to.Write(e.Properties.Json.Span);
        _to.Write(e.Context != EventContext.None);
        if (e.Context != EventContext.None)
            Write(e.Context);
    }

    public void Dispose() => _to.Dispose();

    private void Write(EventContext context)
    {
        WriteTold(context.Ip);
        WriteTold(context.UserAgent);
        WriteTold(context.Url);
        WriteTold(context.Referrer);
        WriteTold(context.Locale);
        WriteTold(context.Country);
        _to.Write(context.Campaign is not null);
        if (context.Campaign is { } campaign)
        {
            WriteTold(campaign.Name);
            WriteTold(campaign.Source);
            WriteTold(campaign.Medium);
            WriteTold(campaign.Term);
            WriteTold(campaign.Content);
        }
    }

    private void WriteTold(string? text)
    {
        _to.Write(text is not null);
        if (text is not null)
            _to.Write(text);
    }
}
