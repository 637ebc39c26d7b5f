using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sojourn.Events;

namespace Sojourn.Ingest.Shops;

/// <summary>
/// Writes what one webhook tells as events in our own format; the one reader of events then
/// judges each like any other.
/// </summary>
internal sealed class ShopDraft(BatchDraft into, ShopSending sending, ReadOnlyMemory<byte> sent)
{
    // Events of one moment, in the order in which they must be read.
    private static readonly string[] _order =
        ["checkout_started", "checkout_updated", "payment_failed", "order_submitted"];

    /// <summary>What is known of the webhook besides its body.</summary>
    public ShopSending Sending => sending;

    /// <summary>
    /// The time in the header, for what tells none itself; null = none there, too.
    /// </summary>
    public long? TriggeredUs { get; } = ShopValue.TimeOf(sending.Triggered);

    /// <summary>Takes an event, or lists it as refused.</summary>
    /// <param name="name">What happened.</param>
    /// <param name="once">
    /// What happens once only, such as an order; null for what is told as often as it changes,
    /// and then counts once for each content.
    /// </param>
    /// <param name="timeUs">When, microseconds UTC; null = not told.</param>
    /// <param name="person">Whose doing it is.</param>
    /// <param name="properties">Writes the members of the properties.</param>
    public void Add(
        string name, string? once, long? timeUs, ShopPerson person,
        Action<Utf8JsonWriter> properties)
    {
        var source = HookSources.NameOf(sending.Source);
        var rest = Write(name, timeUs, person, source, properties);
        var id = once is null
            ? $"{source}-{HashOf(rest)}"
            : $"{source}-{name}-{(IsPlain(once) ? once : HashOf(Encoding.UTF8.GetBytes(once)))}";
        byte[] text = [.. Encoding.UTF8.GetBytes($"{{\"id\":\"{id}\","), .. rest[1..]];
        var reader = new Utf8JsonReader(text, JsonText.Options);
        reader.Read();
        if (!into.TryTake(ref reader, sentUs: null))
            into.RefuseRead(sent.Span);
    }

    /// <summary>Lists the webhook as refused.</summary>
    public void Refuse(RefusalCode reason, string? field) =>
        into.Refuse(reason, null, field, sent.Span, sending.Topic);

    private static byte[] Write(
        string name, long? timeUs, ShopPerson person, string source,
        Action<Utf8JsonWriter> properties)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("name"u8, name);
            ShopCheckout.WriteText(json, "user_id", person.User);
            ShopCheckout.WriteText(json, "anonymous_id", person.Visitor);
            if (timeUs is { } us)
                json.WriteString("time"u8, Micros.ToText(us));
            json.WriteNumber("seq"u8, PlaceOf(name));
            json.WriteStartObject("properties"u8);
            json.WriteString("provider"u8, source);
            properties(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static int PlaceOf(string name) =>
        Array.IndexOf(_order, name) is >= 0 and var place ? place : _order.Length;

    private static string HashOf(ReadOnlySpan<byte> bytes) =>
        Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static bool IsPlain(string text) =>
        text.Length <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
