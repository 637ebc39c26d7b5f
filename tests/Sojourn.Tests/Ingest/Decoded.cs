using System.Text;
using Sojourn.Events;
using Sojourn.Ingest;
using Xunit;

namespace Sojourn.Tests.Ingest;

/// <summary>Decodes what a test wrote down.</summary>
internal static class Decoded
{
    public static readonly Admission Server = new(Trust.Verified, Some.Us(0));

    public static readonly Admission Browser = new(Trust.Claimed, Some.Us(0))
    {
        ClientIp = "203.0.113.9",
        UserAgent = "Mozilla/5.0 (X11; Linux x86_64)",
    };

    public static DecodedBatch Batch(string body, Admission? admission = null) =>
        Batch(Encoding.UTF8.GetBytes(body), admission);

    public static DecodedBatch Batch(byte[] body, Admission? admission = null)
    {
        Assert.True(
            NativeDecoder.TryDecode(body, admission ?? Server, out var batch, out var refusal),
            refusal?.Code);
        return batch;
    }

    public static BodyRefusal Refused(string body) => Refused(Encoding.UTF8.GetBytes(body));

    public static BodyRefusal Refused(byte[] body)
    {
        Assert.False(NativeDecoder.TryDecode(body, Server, out _, out var refusal));
        return refusal;
    }

    /// <summary>The only event of a body that must be taken.</summary>
    public static Event Event(string body, Admission? admission = null)
    {
        var batch = Batch(body, admission);
        Assert.Empty(batch.Refused);
        return Assert.Single(batch.Events);
    }

    /// <summary>The only refusal of a body of one event.</summary>
    public static Refusal Refusal(string body, Admission? admission = null)
    {
        var batch = Batch(body, admission);
        Assert.Empty(batch.Events);
        return Assert.Single(batch.Refused);
    }

    /// <summary>A good event with more members, each as <c>"name":value</c>.</summary>
    public static string With(params string[] members) =>
        $$"""{"id":"e1","name":"page_view","person_id":"ada"{{string.Concat(
            members.Select(member => "," + member))}}}""";
}
