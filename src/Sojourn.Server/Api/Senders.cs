using Sojourn.Events;
using Sojourn.Ingest;

namespace Sojourn.Server.Api;

/// <summary>What requests say about those who sent them.</summary>
internal static class Senders
{
    /// <summary>A request as the log of refusals keeps it.</summary>
    /// <param name="context">The request, let in by its route's policy.</param>
    /// <param name="status">What it is answered with; null = it is not.</param>
    public static Sending SendingOf(HttpContext context, int? status) =>
        new(SourceOf(context), status)
        {
            Trust = context.Caller().Trust,
            Origin = Told(context.Request.Headers.Origin),
            Agent = Told(context.Request.Headers.UserAgent),
        };

    private static string SourceOf(HttpContext context) =>
        context.Features.Get<OperatorConnection>() is not null ? Sending.Command
        : context.Caller().Source is { } told ? told
        : context.GetEndpoint()?.Metadata.GetMetadata<SentBy>() is { } by ? by.Source
        : context.Caller().Trust == Trust.Claimed ? Sending.Browser
        : Sending.Server;

    private static string? Told(string? text) =>
        string.IsNullOrEmpty(text) ? null
        : text.Length <= Sending.ToldCharsMax ? text
        : text[..Sending.ToldCharsMax];
}

/// <summary>Marks routes that only one sort of sender uses, whatever its key.</summary>
/// <param name="Source">One of <see cref="Sending.Sources"/>.</param>
internal sealed record SentBy(string Source);
