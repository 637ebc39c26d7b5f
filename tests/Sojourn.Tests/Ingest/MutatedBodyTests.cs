using System.Text;
using System.Text.Json;
using Sojourn.Ingest;
using Xunit;

namespace Sojourn.Tests.Ingest;

public sealed class MutatedBodyTests
{
    private const string Whole =
        """
        {"sent_at":"2026-03-02T10:00:00Z","events":[
        {"id":"e1","name":"page_view","person_id":"ada","time":1772445000000,"seq":-3,
         "properties":{"b":[1,"\u00e9\ud83d\ude00",{"x":null}],"a":1e3,"url":"https://u:p@x.test/"},
         "context":{"ip":"::1","url":"/a?token=1","country":"dz","campaign":{"name":"n"},"z":{}}},
        {"id":"e2","name":"b","anonymous_id":"d","user_id":"u","sent_at":"x","time":"tomorrow"}]}
        """;

    // Pieces that have broken parsers before.
    private static readonly string[] _pieces =
    [
        "\\ud800", "\\udc00", "\\u0000", "\\", "\"", "{", "}", "[", "]", ",", ":", "null", "1e999",
        "-", "\n", "\uFEFF", "\"id\":", "\"\\ud800\":", "\"\\u0069d\":1,", "\"events\":",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_body_makes_the_decoder_throw_or_store_what_is_not_json(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 10_000; round++)
        {
            var body = Mutated(random);
            var admission = random.Next(2) == 0 ? Decoded.Server : Decoded.Browser;

            if (!NativeDecoder.TryDecode(body, admission, out var batch, out var refusal))
            {
                Assert.InRange(refusal.Offset ?? 0, 0, body.Length);
                continue;
            }

            Assert.Equal(batch.Events.Count, batch.Indexes.Count);
            foreach (var e in batch.Events) JsonDocument.Parse(e.Properties.Json).Dispose();
        }
    }

    private static byte[] Mutated(Random random)
    {
        var text = new StringBuilder(
            random.Next(3) == 0 ? Whole.ReplaceLineEndings("") + "\n{}" : Whole);
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var at = random.Next(text.Length);
            if (random.Next(3) == 0)
                text.Remove(at, Math.Min(random.Next(1, 12), text.Length - at));
            else
                text.Insert(at, _pieces[random.Next(_pieces.Length)]);
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        if (random.Next(8) == 0)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);

        return bytes;
    }
}
