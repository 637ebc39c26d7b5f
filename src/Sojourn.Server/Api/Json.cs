using System.Text.Encodings.Web;
using System.Text.Json;
using Sojourn.Events;

namespace Sojourn.Server.Api;

/// <summary>How values look in JSON, and the way to the response.</summary>
internal static class Json
{
    /// <summary>
    /// Letters and signs as they are: answers are marked as JSON and never as a page, so that
    /// nothing in them means anything to a browser.
    /// </summary>
    public static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Answers 200 with what is written, straight into the response.</summary>
    public static async Task AnswerAsync(this HttpContext context, Action<Utf8JsonWriter> write)
    {
        context.Response.ContentType = "application/json";
        using (var json = new Utf8JsonWriter(context.Response.BodyWriter, Options))
            write(json);

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    public static void WriteTime(this Utf8JsonWriter json, ReadOnlySpan<byte> name, long us) =>
        json.WriteString(name, Micros.ToText(us));

    public static void WriteTime(this Utf8JsonWriter json, ReadOnlySpan<byte> name, long? us)
    {
        if (us is null)
            json.WriteNull(name);
        else
            json.WriteTime(name, us.Value);
    }

    /// <summary>Milliseconds, with a fraction only where there is one.</summary>
    public static void WriteMs(this Utf8JsonWriter json, ReadOnlySpan<byte> name, long us)
    {
        if (us % 1000 == 0)
            json.WriteNumber(name, us / 1000);
        else
            json.WriteNumber(name, us / 1000m);
    }

    public static void WriteMoney(this Utf8JsonWriter json, Money money)
    {
        json.WriteStartObject();
        json.WriteString("amount"u8, money.Amount);
        json.WriteString("currency"u8, money.Currency);
        json.WriteEndObject();
    }
}
