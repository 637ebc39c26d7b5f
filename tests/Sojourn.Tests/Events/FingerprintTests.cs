using Sojourn.Events;
using Xunit;

namespace Sojourn.Tests.Events;

public sealed class FingerprintTests
{
    // The published vectors of SHA-256, their first eight bytes.
    [Theory]
    [InlineData("", 0xe3b0c44298fc1c14)]
    [InlineData("abc", 0xba7816bf8f01cfea)]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 0x248d6a61d20638b8)]
    public void It_is_the_start_of_sha256(string text, ulong fingerprint) =>
        Assert.Equal(fingerprint, Fingerprint.Of(text));

    [Fact]
    public void Long_texts_are_taken_whole() =>
        Assert.NotEqual(
            Fingerprint.Of(new string('x', 5_000)), Fingerprint.Of(new string('x', 5_001)));
}
