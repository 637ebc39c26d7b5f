using Sojourn.Ingest;
using Sojourn.Ingest.Mail;

namespace Sojourn.Server.Api.Hooks;

/// <summary>Whether a request comes from the provider or shop, judged over its raw bytes.</summary>
internal static class Proof
{
    /// <summary>Why a request is not believed; null = it is.</summary>
    /// <param name="source">The provider.</param>
    /// <param name="proof">What it is checked with, in the clear.</param>
    /// <param name="request">The request.</param>
    /// <param name="body">Its body, exactly as it came.</param>
    /// <param name="nowUs">Our clock, microseconds UTC.</param>
    public static RefusalCode? Judge(
        HookSource source,
        HookProof proof,
        HttpRequest request,
        ReadOnlyMemory<byte> body,
        long nowUs)
    {
        if (proof == HookProof.None)
            return null;

        return source switch
        {
            HookSource.SendGrid => SendGridProof.Judge(
                proof.PublicKey!, // Of a proof that is one, its provider's parts are there.
                request.Headers[SendGridProof.SignatureHeader],
                request.Headers[SendGridProof.TimestampHeader],
                body.Span,
                nowUs),
            HookSource.Postmark => PostmarkProof.Judge(
                proof.User!, proof.Secret!, request.Headers.Authorization),
            HookSource.Mailgun =>
                MailgunProof.Judge(proof.Secret!, MailgunSignature.In(body), nowUs),
            _ => ShopProof.Judge(proof, ShopHeaders.Of(source, request.Headers), body.Span, nowUs),
        };
    }
}
