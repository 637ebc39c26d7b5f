using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Sojourn.Ingest.Mail;

/// <summary>
/// Reads what mail providers report: one notice, or an array of them. Source: docs/guide/mail.md.
/// </summary>
public static class MailBody
{
    /// <summary>
    /// Reads a body, notice by notice: one that is refused does not stop the others. Bad input
    /// is an ordinary answer, so it never throws. Nothing read refers to the body afterwards.
    /// </summary>
    /// <param name="body">UTF-8, with or without a byte order mark, decompressed.</param>
    /// <param name="source">The provider that wrote it.</param>
    /// <param name="admission">What is known about sender and body.</param>
    /// <param name="batch">What the body held, when the result is true.</param>
    /// <param name="refusal">Why nothing is taken, when the result is false.</param>
    public static bool TryDecode(
        ReadOnlyMemory<byte> body,
        HookSource source,
        Admission admission,
        [NotNullWhen(true)] out DecodedBatch? batch,
        [NotNullWhen(false)] out BodyRefusal? refusal)
    {
        batch = null;
        var notices = new List<ReadOnlyMemory<byte>>();
        refusal = JsonText.Check(body.Span, out var start) ?? Split(body[start..], notices);
        if (refusal is { Offset: { } offset })
            refusal = refusal with { Offset = offset + start };
        if (refusal is not null)
            return false;

        var draft = new BatchDraft(admission);
        var mail = new MailEvent();
        foreach (var sent in notices) Take(sent, source, mail, draft);
        batch = draft.ToBatch();
        return true;
    }

    // Arguments may stand one level deeper in our events than in a notice.
    private static JsonReaderOptions Deeper { get; } =
        new() { MaxDepth = JsonText.Options.MaxDepth + 1 };

    private static void Take(
        ReadOnlyMemory<byte> sent, HookSource source, MailEvent mail, BatchDraft draft)
    {
        if (sent.Span[0] != '{')
        {
            draft.Refuse(RefusalCodes.JsonNotObject, null, null, sent.Span);
            return;
        }

        var notice = new MailNotice(source);
        if ((notice.Read(sent) ?? mail.Rewrite(notice)) is { } refused)
        {
            draft.Refuse(refused, notice.Id, notice.Fault, sent.Span, notice.Name);
            return;
        }

        var reader = new Utf8JsonReader(mail.Text, Deeper);
        reader.Read();
        if (!draft.TryTake(ref reader, sentUs: null))
            draft.RefuseRead(sent.Span, notice.FieldOf);
    }

    private static BodyRefusal? Split(
        ReadOnlyMemory<byte> text, List<ReadOnlyMemory<byte>> notices)
    {
        var reader = new Utf8JsonReader(text.Span, JsonText.Options);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                notices.Add(ValueAt(ref reader, text));
            }
            else
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (notices.Count == Limits.BatchEventsMax)
                        return new BodyRefusal(RefusalCodes.TooManyEvents);

                    notices.Add(ValueAt(ref reader, text));
                }
            }

            reader.Read(); // Throws when anything follows.
            return null;
        }
        catch (JsonException)
        {
            return JsonText.FaultAt(reader);
        }
    }

    private static ReadOnlyMemory<byte> ValueAt(
        ref Utf8JsonReader reader, ReadOnlyMemory<byte> text)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return text[start..(int)reader.BytesConsumed];
    }
}
