using System.Text;
using Sojourn.Ingest.Mail;
using Sojourn.Server.Api.Hooks;
using Xunit;

namespace Sojourn.Tests.Server.Hooks;

/// <summary>Who is believed to be a mail provider.</summary>
[Trait("Threat", "C6")]
public sealed class ProofTests
{
    // Made with OpenSSL, apart from this code.
    private const string PublicKey =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEVRCvQo21+tU4wuAyO39/lxSajTYzI64POcylEb6jQn38sCy776Go"
        + "gOXLyesXW53knrC1VQyABl7hXlRFxHjK9g==";

    private const string Body =
        """[{"email":"a@b.c","timestamp":1700000000,"event":"open","sg_event_id":"e1","""
        + "\"sg_message_id\":\"m1\"}]";

    private const string Signature =
        "MEUCIQC904LyDXIjOdC3Y5Nj2i7xB38URBslcpanH7gscJ64rQIgFa63FlmxIHdt6e7C+UR+IDFSkFOF12JRD5xN"
        + "drtH6gY=";

    private const string Timestamp = "1700000000";
    private const long SignedUs = 1_700_000_000_000_000;
    private const long FiveMinutesUs = 300_000_000;

    [Theory]
    [InlineData(0)]
    [InlineData(FiveMinutesUs)]
    [InlineData(-FiveMinutesUs)]
    public void SendGrids_signature_is_believed_for_five_minutes(long afterUs) =>
        Assert.Null(JudgeSendGrid(nowUs: SignedUs + afterUs));

    [Theory]
    [InlineData(FiveMinutesUs + 1)]
    [InlineData(-FiveMinutesUs - 1)]
    public void SendGrids_signature_expires(long afterUs) =>
        Assert.Equal("signature_expired", JudgeSendGrid(nowUs: SignedUs + afterUs));

    [Theory]
    [InlineData(Body + " ")]
    [InlineData(" " + Body)]
    [InlineData("""[{"email": "a@b.c"}]""")]
    [InlineData("")]
    public void Another_body_is_not_what_SendGrid_signed(string body) =>
        Assert.Equal("signature_invalid", JudgeSendGrid(body: body));

    [Fact]
    public void The_same_json_written_anew_is_not_what_SendGrid_signed() => Assert.Equal(
        "signature_invalid", JudgeSendGrid(body: Body.Replace(":", ": ")));

    [Theory]
    [InlineData("1700000001")]
    [InlineData("1700000000 ")]
    [InlineData("")]
    [InlineData(null)]
    public void Another_time_is_not_what_SendGrid_signed(string? timestamp) =>
        Assert.Equal("signature_invalid", JudgeSendGrid(timestamp: timestamp));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("%%%")]
    [InlineData("AAAA")]
    [InlineData("MEUC")]
    [InlineData("v1a," + Signature)]
    [InlineData(Signature + "," + Signature)]
    public void What_is_no_signature_is_not_believed(string? signature) =>
        Assert.Equal("signature_invalid", JudgeSendGrid(signature: signature));

    [Fact]
    public void A_good_signature_beside_another_is_not_believed() => Assert.Equal(
        "signature_invalid",
        SendGridProof.Judge(
            PublicKey, new([Signature, "AAAA"]), Timestamp, Encoding.UTF8.GetBytes(Body),
            SignedUs)?.Code);

    [Theory]
    [InlineData("Basic aG9vazpzZWNyZXQ=", null)] // hook:secret
    [InlineData("basic aG9vazpzZWNyZXQ=", null)]
    [InlineData("Basic aG9vazpzZWNyZXR0", "signature_invalid")]
    [InlineData("Basic aG9vazo=", "signature_invalid")]
    [InlineData("Basic ???", "signature_invalid")]
    [InlineData("Bearer aG9vazpzZWNyZXQ=", "signature_invalid")]
    [InlineData("", "signature_invalid")]
    [InlineData(null, "signature_invalid")]
    public void Postmark_says_its_user_and_password(string? authorization, string? code) =>
        Assert.Equal(code, PostmarkProof.Judge("hook", "secret", authorization)?.Code);

    [Theory]
    [InlineData(MailgunToken, MailgunSigned, 0, null)]
    [InlineData(MailgunToken, MailgunSigned, 29_100, null)]
    [InlineData(MailgunToken, MailgunSigned, 29_101, "signature_expired")]
    [InlineData(MailgunToken, MailgunSigned, -300, null)]
    [InlineData(MailgunToken, MailgunSigned, -301, "signature_expired")]
    [InlineData("another", MailgunSigned, 0, "signature_invalid")]
    [InlineData(MailgunToken, "00", 0, "signature_invalid")]
    public void Mailgun_signs_a_time_and_a_random_text(
        string token, string signature, int afterSeconds, string? code) =>
        Assert.Equal(code, MailgunProof.Judge(
            "key-mailgun",
            MailgunSignature.In(Encoding.UTF8.GetBytes(
                $$"""
                {"event-data":{},"signature":
                 {"timestamp":"1772445600","token":"{{token}}","signature":"{{signature}}" } }
                """)),
            1_772_445_600_000_000 + afterSeconds * 1_000_000L)?.Code);

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("""{"signature":7}""")]
    [InlineData("""{"signature":{"timestamp":"1","token":"2"}}""")]
    [InlineData("""{"signature":{},"signature":{"timestamp":"1","token":"2","signature":"3"}}""")]
    public void A_body_of_Mailguns_that_says_nothing_is_not_believed(string body) => Assert.Equal(
        "signature_invalid",
        MailgunProof.Judge("key", MailgunSignature.In(Encoding.UTF8.GetBytes(body)), 0)?.Code);

    private const string MailgunToken = "a8ce0edb2dd8301dee6c2405235584e45aa91d1e9f979f3de0";

    // printf '%s' 1772445600TOKEN | openssl dgst -sha256 -hmac key-mailgun
    private const string MailgunSigned =
        "e2e9f2b5a3ad22eb86ea064feb8ed826ce52875d207cc8d736d2b524d0069d7d";

    private static string? JudgeSendGrid(
        string body = Body,
        string? signature = Signature,
        string? timestamp = Timestamp,
        long nowUs = SignedUs) =>
        SendGridProof.Judge(
            PublicKey, signature, timestamp, Encoding.UTF8.GetBytes(body), nowUs)?.Code;
}
