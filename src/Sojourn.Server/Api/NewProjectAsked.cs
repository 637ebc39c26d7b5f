using System.Diagnostics.CodeAnalysis;
using Sojourn.Events;
using Sojourn.Sessions;

namespace Sojourn.Server.Api;

/// <summary>A project to be made.</summary>
/// <param name="Name">As its people call it.</param>
/// <param name="TimeoutUs">Silence that ends a visit, microseconds.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Currency">Three letters.</param>
internal sealed record NewProjectAsked(
    string Name, long TimeoutUs, string TimeZone, string Currency)
{
    /// <summary>Characters of a project's name.</summary>
    public const int NameCharsMax = 100;

    /// <summary>Reads what people write; says what is wrong in plain words.</summary>
    public static bool TryRead(
        string name,
        long timeoutUs,
        string timeZone,
        string currency,
        [NotNullWhen(true)] out NewProjectAsked? asked,
        [NotNullWhen(false)] out string? fault)
    {
        asked = null;
        fault = null;
        var trimmed = name.Trim();
        var money = Money.From(0, currency.Trim());
        if (trimmed.Length is 0 or > NameCharsMax || trimmed.Any(char.IsControl))
            fault = $"A project's name has 1 to {NameCharsMax} characters.";
        else if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZone.Trim(), out _))
            fault = $"There is no time zone {timeZone}. Use an IANA name such as Africa/Algiers.";
        else if (money is null)
            fault = $"{currency} is no currency. Use three letters such as DZD.";
        else
            asked = new NewProjectAsked(trimmed, timeoutUs, timeZone.Trim(), money.Value.Currency);
        return asked is not null;
    }

    public ProjectSettings ToSettings() => ProjectSettings.Default with
    {
        Timeout = Micros.ToLength(TimeoutUs),
        TimeZone = TimeZone,
        Currency = Currency,
    };
}
