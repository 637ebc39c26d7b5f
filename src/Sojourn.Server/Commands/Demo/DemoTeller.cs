using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sojourn.Events;
using Sojourn.Ingest;

namespace Sojourn.Server.Commands.Demo;

/// <summary>
/// Writes down what happens as the events that a browser or a server would send, and reads them
/// as the server reads any sender's.
/// </summary>
/// <param name="prefix">What the ids of its events begin with.</param>
internal sealed class DemoTeller(string prefix)
{
    private static readonly JsonSerializerOptions AsSent = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private int _count;
    private int _tokens;

    /// <summary>Everything told so far, story by story.</summary>
    public List<Event> Told { get; } = [];

    /// <summary>A new id of a cart or a form, as shops make them.</summary>
    public string Token() => $"{Fingerprint.Of($"{prefix}:{++_tokens}"):x16}";

    /// <summary>Tells an event of somebody's browser: a claimed one.</summary>
    public void Browser(DemoScene scene, string name, long atUs, object properties) =>
        Tell(scene, name, atUs, properties, Trust.Claimed, null);

    /// <summary>Tells an event of the shop's server: a verified one.</summary>
    public void Server(
        DemoScene scene, string name, long atUs, object properties, string? user = null) =>
        Tell(scene, name, atUs, properties, Trust.Verified, user);

    private void Tell(
        DemoScene scene, string name, long atUs, object properties, Trust trust, string? user)
    {
        var who = scene.Who;
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new[]
            {
                new
                {
                    id = $"{prefix}-{++_count}",
                    name,
                    anonymous_id = who.Device,
                    user_id = user,
                    time = Micros.ToTime(atUs),
                    properties,
                    context = new
                    {
                        ip = trust == Trust.Claimed ? null : who.Ip,
                        user_agent = who.UserAgent,
                        url = scene.Url,
                        referrer = scene.Referrer,
                        locale = who.Locale,
                        country = who.Place.Country,
                        campaign = scene.Campaign,
                    },
                },
            },
            AsSent);
        var admission = new Admission(trust, atUs) { ClientIp = who.Ip };
        if (!NativeDecoder.TryDecode(body, admission, out var batch, out _)
            || batch.Events.Count != 1)
        {
            throw new InvalidOperationException($"The demo told a bad {name}.");
        }

        Told.Add(batch.Events[0]);
    }
}

/// <summary>Who is where.</summary>
/// <param name="Who">The person.</param>
/// <param name="Path">The page, from its first slash.</param>
internal sealed record DemoScene(DemoPerson Who, string Path)
{
    private const string Shop = "https://maison-atlas.example";

    /// <summary>The page before, or null.</summary>
    public string? Referrer { get; init; }

    /// <summary>What brought them, or null.</summary>
    public DemoCampaign? Campaign { get; init; }

    /// <summary>The page's address.</summary>
    public string Url => Shop + Path;

    /// <summary>The same person on another page.</summary>
    public DemoScene At(string path) =>
        this with { Path = path, Referrer = Url, Campaign = null };
}

/// <summary>A campaign, as context tells it.</summary>
internal sealed record DemoCampaign(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("source")] string Source,
    [property: JsonPropertyName("medium")] string Medium,
    [property: JsonPropertyName("content")] string? Content = null);
