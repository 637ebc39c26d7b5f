using System.Security.Cryptography;
using System.Text.Json;
using Sojourn.Storage;

namespace Sojourn.Server.Pages.Pipeline;

/// <summary>Makes codes that are easy to read aloud and of which a project has each once.</summary>
internal sealed class DiscountCodes(IStore store)
{
    // Without letters and digits that look or sound like another: 0 O 1 I L 2 Z 5 S 8 B.
    private const string Letters = "ACDEFGHJKMNPQRTUVWXY34679";

    private const int HalfChars = 4;
    private const int TriesMax = 50;

    /// <summary>A code nobody has, kept for a checkout; null when there are too many.</summary>
    public async Task<string?> TakeAsync(
        string project, string session, CancellationToken cancel)
    {
        var json = JsonSerializer.Serialize(new { session });
        for (var tries = 0; tries < TriesMax; tries++)
        {
            var code = RandomNumberGenerator.GetString(Letters, HalfChars)
                + "-" + RandomNumberGenerator.GetString(Letters, HalfChars);
            var answer = await store.PutDocumentAsync(PlaceOf(project, code), 0, json, cancel);
            if (answer.Refusal is null)
                return code;
        }

        return null;
    }

    /// <summary>Gives back a code that was not offered after all.</summary>
    public Task LeaveAsync(string project, string code, CancellationToken cancel) =>
        store.DeleteDocumentAsync(PlaceOf(project, code), 1, cancel);

    // Collections are limited; one for each first letter holds that many times more.
    private static DocumentPlace PlaceOf(string project, string code) =>
        new(project, $"discount_codes_{code[0]}", code);
}
