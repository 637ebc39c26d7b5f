using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>The refusals that more than one route gives.</summary>
internal static class Problems
{
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LaterAgain = TimeSpan.FromSeconds(30);

    public static readonly Problem NotFound = new(
        404, "not_found", "There is nothing at this address.",
        "See /openapi/v1.json for what there is.");

    public static readonly Problem MethodNotAllowed = new(
        405, "method_not_allowed", "This address does not take this method.",
        "See /openapi/v1.json for what it takes.");

    public static readonly Problem SessionUnknown = new(
        404, "session_unknown", "There is no such session in this project.",
        "Take the id from GET /v1/sessions.");

    public static readonly Problem PersonUnknown = new(
        404, "person_unknown", "There is no such person in this project.",
        "Take the id from a session's person.");

    public static readonly Problem KeyMissing = new(
        401, "key_missing", "The request carries no key.",
        "Send the header Authorization: Bearer KEY.");

    public static readonly Problem KeyInvalid = new(
        401, "key_invalid", "The key is not known.",
        "Copy it again, or make a project with: sojourn project create.");

    public static readonly Problem KeyWrongKind = new(
        403, "key_wrong_kind", "A write key may only send events.",
        "Use the project's secret key, from a server and never in a browser.");

    public static readonly Problem NoKeyOpensThis = new(
        403, "no_key_opens_this", "No key may do this, only a person who is signed in.",
        "Sign in as an admin in a browser, or use the command on the server's own machine.");

    public static readonly Problem SignedOut = new(
        401, "signed_out", "You are not signed in, or not any more.",
        "Sign in at /sign-in; programs send a key.");

    public static readonly Problem Forbidden = new(
        403, "forbidden", "Your role may not do this.", "Ask an admin.");

    public static readonly Problem HostUnknown = new(
        400, "host_unknown", "This server does not answer to the name in the address.",
        "Start it with --public-url and this address; without it, pages answer to localhost.");

    public static readonly Problem SecretKeyInBrowser = new(
        403, "secret_key_in_browser", "A secret key was used from a web page.",
        "Use the write key there, and replace this secret key: visitors can read it.");

    public static readonly Problem SecretKeyInAddress = new(
        403, "secret_key_in_address", "A secret key was sent in the address, where logs keep it.",
        "Send it as the header Authorization: Bearer KEY.");

    public static readonly Problem Operators = new(
        403, "operators_only", "This is only open to commands on the server's own machine.",
        "Run the command there with --data.");

    public static readonly Problem ProjectUnknown = new(
        404, "project_unknown", "There is no such project.",
        "Make it with: sojourn project create NAME.");

    public static readonly Problem BodyTooLarge =
        Problem.Of(413, Ingest.RefusalCodes.BodyTooLarge);

    public static readonly Problem ContentType =
        Problem.Of(415, Ingest.RefusalCodes.ContentTypeUnknown);

    public static readonly Problem Internal = new(
        500, "internal_error", "The server made a mistake.",
        "Send it again; if that does not help, tell the operator the trace_id.");

    public static readonly Problem TooManyStreams = new(
        429, "too_many_streams", "Too many streams are open.", "Close one, or try again later.")
    { RetryAfter = LaterAgain };

    public static readonly Problem Busy = new(
        503, "busy", "Too much waits to be stored.", "Send it again later with the same ids.")
    { RetryAfter = SoonAgain };

    public static readonly Problem Late = new(
        503, "answer_late", "It was not stored in time, or only later.",
        "Send it again with the same ids; nothing is counted twice.")
    { RetryAfter = SoonAgain };

    public static readonly Problem Stopping = new(
        503, "stopping", "The server is about to stop.", "Send it again later with the same ids.")
    { RetryAfter = SoonAgain };

    public static readonly Problem StorageFailed = new(
        503, "storage_failed", "It could not be stored.",
        "Send it again later with the same ids.")
    { RetryAfter = LaterAgain };

    public static readonly Problem DiskFull = new(
        503, "disk_full", "The server's disk is full.",
        "Send it again later with the same ids; the operator has to make room.")
    { RetryAfter = LaterAgain };

    /// <summary>What a status without a body is answered with.</summary>
    public static Problem OfStatus(HttpContext context) => context.Response.StatusCode switch
    {
        404 => NotFound,
        405 => MethodNotAllowed,
        415 => ContentType,
        >= 500 and var status => Internal with { Status = status },
        var status => new(status, "request_invalid", "The request could not be understood.",
            "See /openapi/v1.json for what there is."),
    };

    /// <summary>What a failed store is answered with.</summary>
    public static Problem Of(Exception? failure) =>
        failure is StoreException { Fault: StoreFault.Full } ? DiskFull : StorageFailed;
}
