using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Sojourn.Ingest.Shops;

/// <summary>Reads what shop systems report. Source: docs/guide/shops.md.</summary>
public static class ShopBody
{
    /// <summary>
    /// Reads a body. Bad input is an ordinary answer, so it never throws; nothing read refers
    /// to the body afterwards. One webhook may tell several events, or none.
    /// </summary>
    /// <param name="body">UTF-8, with or without a byte order mark, decompressed.</param>
    /// <param name="sending">What is known of it besides.</param>
    /// <param name="admission">What is known about sender and body.</param>
    /// <param name="batch">What the body told, when the result is true.</param>
    /// <param name="refusal">Why nothing is taken, when the result is false.</param>
    public static bool TryDecode(
        ReadOnlyMemory<byte> body,
        ShopSending sending,
        Admission admission,
        [NotNullWhen(true)] out DecodedBatch? batch,
        [NotNullWhen(false)] out BodyRefusal? refusal)
    {
        refusal = null;
        batch = IsPing(sending.Source, body.Span) ? new BatchDraft(admission).ToBatch() : null;
        if (batch is not null)
            return true;

        refusal = JsonText.Check(body.Span, out var start) ?? Check(body.Span[start..]);
        if (refusal is { Offset: { } offset })
            refusal = refusal with { Offset = offset + start };
        if (refusal is not null)
            return false;

        var into = new BatchDraft(admission);
        var draft = new ShopDraft(into, sending, body[start..]);
        using var document = JsonDocument.Parse(
            body[start..], new() { MaxDepth = JsonText.Options.MaxDepth });
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            draft.Refuse(RefusalCodes.JsonNotObject, null);
        else if (sending.Source == HookSource.Shopify)
            ShopifyNotice.Read(new ShopValue(document.RootElement), draft);
        else
            WooNotice.Read(new ShopValue(document.RootElement), draft);

        batch = into.ToBatch();
        return true;
    }

    /// <summary>
    /// True for what WooCommerce sends when a webhook is made: its id alone, unsigned.
    /// </summary>
    public static bool IsPing(HookSource source, ReadOnlySpan<byte> body)
    {
        const int PingBytesMax = 64;
        return source == HookSource.WooCommerce && body.Length <= PingBytesMax
            && body.StartsWith("webhook_id="u8);
    }

    // A document's names and texts throw when asked for what is no text, so none is let in.
    private static BodyRefusal? Check(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, JsonText.Options);
        try
        {
            while (reader.Read())
            {
                if (reader.ValueIsEscaped && !JsonEscapes.AreSound(reader.ValueSpan))
                    return new BodyRefusal(RefusalCodes.BadText, reader.TokenStartIndex);
            }

            return null;
        }
        catch (JsonException)
        {
            return JsonText.FaultAt(reader);
        }
    }
}
