namespace Sojourn.Server.Commands.Demo;

/// <summary>Someone who does not exist.</summary>
/// <param name="Device">The device's id.</param>
/// <param name="User">The user's id, or null when they never signed in.</param>
/// <param name="Name">Full name.</param>
/// <param name="Email">At a domain that takes no mail. Source: RFC 2606.</param>
/// <param name="Phone">Of a range nobody has.</param>
/// <param name="City">Where they live.</param>
/// <param name="Country">Two letters.</param>
/// <param name="UserAgent">Their browser.</param>
internal sealed record DemoPerson(
    string Device,
    string? User,
    string Name,
    string Email,
    string Phone,
    string City,
    string Country,
    string UserAgent);

/// <summary>The people of the demo, by number.</summary>
internal static class DemoPeople
{
    private static readonly string[] FirstNames =
    [
        "Amina", "Yacine", "Lina", "Karim", "Sarah", "Mehdi", "Nour", "Rachid", "Inès", "Omar",
        "Chloé", "Mateo", "Greta", "Jonas", "Aïcha", "Samir", "Leïla", "Hugo", "Zoé", "Bilal",
    ];

    private static readonly string[] LastNames =
    [
        "Benali", "Haddad", "Kaci", "Meziane", "Dubois", "Martin", "García", "Müller", "Rossi",
        "Saïdi", "Belkacem", "Larbi", "Cherif", "Fournier", "Novak",
    ];

    private static readonly (string City, string Country)[] Places =
    [
        ("Alger", "DZ"), ("Oran", "DZ"), ("Constantine", "DZ"), ("Annaba", "DZ"), ("Blida", "DZ"),
        ("Paris", "FR"), ("Lyon", "FR"), ("Madrid", "ES"), ("Berlin", "DE"), ("Tunis", "TN"),
    ];

    private static readonly string[] Browsers =
    [
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
            + "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
            + "Chrome/142.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            + "Chrome/142.0.0.0 Safari/537.36",
        "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            + "Version/18.5 Safari/604.1",
        "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    ];

    /// <summary>The person of a number; always the same one.</summary>
    public static DemoPerson Of(int number)
    {
        var first = FirstNames[number % FirstNames.Length];
        var last = LastNames[number / FirstNames.Length % LastNames.Length];
        var (city, country) = Places[number * 7 % Places.Length];
        return new DemoPerson(
            $"device-{number:D4}",
            number % 3 == 0 ? $"user-{number:D4}" : null,
            $"{first} {last}",
            $"person{number:D4}@example.com",
            $"+21355500{number:D4}",
            city,
            country,
            Browsers[number * 11 % Browsers.Length]);
    }
}
