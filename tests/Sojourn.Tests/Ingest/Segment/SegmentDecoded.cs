using System.Text;
using Sojourn.Events;
using Sojourn.Ingest;
using Sojourn.Ingest.Segment;
using Xunit;

namespace Sojourn.Tests.Ingest.Segment;

/// <summary>Decodes Segment bodies that a test wrote down.</summary>
internal static class SegmentDecoded
{
    public static DecodedBatch Batch(
        string body, Admission? admission = null, SegmentType? type = null)
    {
        Assert.True(
            SegmentBody.TryRead(Encoding.UTF8.GetBytes(body), type, out var read, out var refusal),
            refusal?.Code);
        Assert.True(
            read.TryDecode(admission ?? Decoded.Server, out var batch, out refusal),
            refusal?.Code);
        return batch;
    }

    /// <summary>The only event of an envelope of one message that must be taken.</summary>
    public static Event Event(string message, Admission? admission = null)
    {
        var batch = Batch($$"""{"batch":[{{message}}]}""", admission);
        Assert.Empty(batch.Refused);
        return Assert.Single(batch.Events);
    }

    public static BodyRefusal Refused(string body, SegmentType? type = null)
    {
        if (!SegmentBody.TryRead(Encoding.UTF8.GetBytes(body), type, out var read, out var refusal))
            return refusal;

        Assert.False(read.TryDecode(Decoded.Server, out _, out refusal));
        return refusal;
    }

    /// <summary>A message with more members, each as <c>"name":value</c>.</summary>
    public static string Message(string type, params string[] members) =>
        $$"""{"messageId":"m1","type":"{{type}}","userId":"ada"{{string.Concat(
            members.Select(member => "," + member))}}}""";

    /// <summary>A track message.</summary>
    public static string Track(string name, string properties = "{}") =>
        Message("track", $"\"event\":\"{name}\"", $"\"properties\":{properties}");
}
