using System.Text;
using Sojourn.Events;
using Sojourn.Ingest;
using Sojourn.Ingest.Mail;
using Xunit;

namespace Sojourn.Tests.Ingest.Mail;

/// <summary>Decodes what a test let a mail provider say.</summary>
internal static class MailDecoded
{
    public static DecodedBatch Batch(HookSource source, string body)
    {
        Assert.True(
            MailBody.TryDecode(
                Encoding.UTF8.GetBytes(body), source, Decoded.Server, out var batch,
                out var refusal),
            refusal?.Code);
        return batch;
    }

    /// <summary>The only event of a body that must be taken.</summary>
    public static Event Event(HookSource source, string body)
    {
        var batch = Batch(source, body);
        Assert.Empty(batch.Refused);
        return Assert.Single(batch.Events);
    }

    /// <summary>The code and the field of the only notice, which must be refused.</summary>
    public static (string Code, string? Field) Refusal(HookSource source, string body)
    {
        var batch = Batch(source, body);
        Assert.Empty(batch.Events);
        var refused = Assert.Single(batch.Refused);
        return (refused.Code, refused.Field);
    }

    public static (string Code, long? Offset) Refused(HookSource source, string body)
    {
        Assert.False(MailBody.TryDecode(
            Encoding.UTF8.GetBytes(body), source, Decoded.Server, out _, out var refusal));
        return (refusal.Code, refusal.Offset);
    }

    /// <summary>A SendGrid item with more members, each as <c>"name":value</c>.</summary>
    public static string SendGrid(string what, params string[] members) =>
        $$"""
        {"event":"{{what}}","email":"Ada@Shop.Example","timestamp":1772445600,
         "sg_event_id":"e1","sg_message_id":"m1.filter-1.2.3"{{Joined(members)}}}
        """;

    /// <summary>A Postmark notice with more members.</summary>
    public static string Postmark(string what, params string[] members) =>
        $$"""
        {"RecordType":"{{what}}","MessageID":"m1","Recipient":"Ada@Shop.Example",
         "ReceivedAt":"2026-03-02T10:00:00.1234567Z"{{Joined(members)}}}
        """;

    /// <summary>A Mailgun notice with more members of its <c>event-data</c>.</summary>
    public static string Mailgun(string what, params string[] members) =>
        $$"""
        {"signature":{"timestamp":"1772445600","token":"t","signature":"s"},
         "event-data":{"event":"{{what}}","id":"e1","timestamp":1772445600.329574,
          "recipient":"Ada@Shop.Example",
          "message":{"headers":{"message-id":"m1@shop"} }{{Joined(members)}} } }
        """;

    private static string Joined(string[] members) =>
        string.Concat(members.Select(member => "," + member));
}
