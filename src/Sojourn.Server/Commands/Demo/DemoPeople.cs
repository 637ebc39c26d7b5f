using System.Globalization;
using Sojourn.Events;

namespace Sojourn.Server.Commands.Demo;

/// <summary>The people of the demo, by number: the same number is always the same person.</summary>
/// <remarks>
/// Names are put together from lists. Phones are of ranges kept for fiction (France 06 39 98,
/// Britain 07700 900, Germany 0171 39200, United States 555-01) or, for Algeria, which keeps none,
/// of one block. Net addresses are those of RFC 2544 and RFC 3849.
/// </remarks>
internal static class DemoPeople
{
    private static readonly (string Latin, string Arabic)[] AlgerianFirst =
    [
        ("Amina", "أمينة"), ("Yacine", "ياسين"), ("Lina", "لينة"), ("Karim", "كريم"),
        ("Nour", "نور"), ("Mehdi", "مهدي"), ("Samira", "سميرة"), ("Bilal", "بلال"),
        ("Meriem", "مريم"), ("Anis", "أنيس"), ("Zohra", "زهرة"), ("Sofiane", "سفيان"),
        ("Yasmine", "ياسمين"), ("Walid", "وليد"), ("Imène", "إيمان"), ("Farid", "فريد"),
        ("Leïla", "ليلى"), ("Omar", "عمر"), ("Nadia", "نادية"), ("Hocine", "حسين"),
        ("Rym", "ريم"), ("Tarek", "طارق"), ("Souad", "سعاد"), ("Nassim", "نسيم"),
    ];

    private static readonly (string Latin, string Arabic)[] AlgerianLast =
    [
        ("Haddad", "حداد"), ("Kaci", "قاسي"), ("Meziane", "مزيان"), ("Benkhelifa", "بن خليفة"),
        ("Tounsi", "تونسي"), ("Larbi", "العربي"), ("Mansouri", "منصوري"), ("Ouali", "والي"),
        ("Bensalem", "بن سالم"), ("Khelladi", "خلادي"), ("Zerrouki", "زروقي"),
        ("Hamdane", "حمدان"), ("Belkacemi", "بلقاسمي"), ("Cherifi", "شريفي"), ("Saïdi", "سعيدي"),
        ("Boukhari", "بوخاري"), ("Guerfi", "قرفي"), ("Messaoudi", "مسعودي"), ("Aïssaoui", "عيساوي"),
    ];

    private static readonly Dictionary<string, (string[] First, string[] Last)> Elsewhere = new()
    {
        ["FR"] = (["Chloé", "Hugo", "Inès", "Léo", "Manon", "Théo", "Camille", "Jules"],
            ["Fournier", "Lambert", "Rousseau", "Chevalier", "Marchand", "Perrin", "Gauthier"]),
        ["DE"] = (["Greta", "Jonas", "Mia", "Lukas", "Hannah", "Paul", "Jana", "Felix"],
            ["Brandt", "Vogel", "Lorenz", "Keller", "Winkler", "Schuster", "Arnold"]),
        ["GB"] = (["Isla", "Callum", "Freya", "Rhys", "Poppy", "Owen", "Maisie", "Ewan"],
            ["Whitfield", "Ashworth", "Pemberton", "Hartley", "Langley", "Thorne", "Kirby"]),
        ["US"] = (["Harper", "Mason", "Avery", "Logan", "Riley", "Carter", "Nora", "Wyatt"],
            ["Calloway", "Hendricks", "Whitaker", "Delgado", "Brennan", "Okafor", "Lindqvist"]),
    };

    private static readonly DemoPlace[] Algeria =
    [
        new("Alger Centre", "16 Alger", "DZ"), new("Bab Ezzouar", "16 Alger", "DZ"),
        new("Hydra", "16 Alger", "DZ"), new("Oran", "31 Oran", "DZ"),
        new("Es Sénia", "31 Oran", "DZ"), new("Constantine", "25 Constantine", "DZ"),
        new("El Khroub", "25 Constantine", "DZ"), new("Annaba", "23 Annaba", "DZ"),
        new("Blida", "09 Blida", "DZ"), new("Sétif", "19 Sétif", "DZ"),
        new("Tizi Ouzou", "15 Tizi Ouzou", "DZ"), new("Béjaïa", "06 Béjaïa", "DZ"),
        new("Tlemcen", "13 Tlemcen", "DZ"), new("Batna", "05 Batna", "DZ"),
        new("Ghardaïa", "47 Ghardaïa", "DZ"), new("Ouargla", "30 Ouargla", "DZ"),
    ];

    private static readonly Dictionary<string, DemoPlace[]> Abroad = new()
    {
        ["FR"] = [new("Paris", "Île-de-France", "FR"), new("Marseille", "Provence", "FR"),
            new("Lyon", "Rhône", "FR")],
        ["DE"] = [new("Berlin", "Berlin", "DE"), new("Köln", "Nordrhein-Westfalen", "DE")],
        ["GB"] = [new("London", "England", "GB"), new("Leeds", "England", "GB")],
        ["US"] = [new("Brooklyn", "New York", "US"), new("Austin", "Texas", "US")],
    };

    private static readonly string[] AlgerianStreets =
        ["rue Didouche Mourad", "cité des 400 logements", "rue Larbi Ben M'hidi",
            "boulevard de l'ALN", "lotissement El Bahia", "rue des Frères Bouadou"];

    private static readonly Dictionary<string, string> ForeignStreets = new()
    {
        ["FR"] = "{0} rue des Lilas",
        ["DE"] = "Lindenstraße {0}",
        ["GB"] = "{0} Mill Lane",
        ["US"] = "{0} Maple Avenue",
    };

    private static readonly string[] MailHosts = ["example.com", "example.net", "mail.example"];

    /// <summary>The person of a number.</summary>
    public static DemoPerson Of(int number)
    {
        // Each person is thrown anew, so one need not make all before to make one.
        var dice = new Dice(number * 7919 + 17);
        var country = dice.Pick<string>([(66, "DZ"), (15, "FR"), (5, "DE"), (5, "GB"), (9, "US")]);
        var isArabic = country == "DZ" && dice.Chance(0.3);
        var (name, latin) = country == "DZ" ? Algerian(dice, isArabic) : Foreign(dice, country);
        var place = dice.Pick(country == "DZ" ? Algeria : Abroad[country]);
        var locale = isArabic ? "ar-DZ" : country switch
        {
            "DZ" or "FR" => "fr-" + country,
            "DE" => "de-DE",
            _ => "en-" + country,
        };
        return new DemoPerson
        {
            Device = $"d-{Fingerprint.Of("demo" + number):x16}",
            User = number % 3 == 0 ? $"customer-{1000 + number}" : null,
            Name = name,
            Email = $"{MailNameOf(latin)}{number % 97}@{dice.Pick(MailHosts)}",
            Phone = PhoneOf(country, number, dice),
            Place = place,
            Street = StreetOf(country, dice),
            UserAgent = dice.Pick(DemoBrowsers.All),
            Ip = dice.Chance(0.7)
                ? $"198.{18 + number % 2}.{number / 2 % 250}.{1 + dice.Between(1, 250)}"
                : $"2001:db8:{number % 4096:x}::{dice.Between(1, 9999):x}",
            Locale = locale,
        };
    }

    private static (string Name, string Latin) Algerian(Dice dice, bool isArabic)
    {
        var (first, last) = (dice.Pick(AlgerianFirst), dice.Pick(AlgerianLast));
        var latin = $"{first.Latin} {last.Latin}";
        return (isArabic ? $"{first.Arabic} {last.Arabic}" : latin, latin);
    }

    private static (string Name, string Latin) Foreign(Dice dice, string country)
    {
        var (first, last) = Elsewhere[country];
        var name = $"{dice.Pick(first)} {dice.Pick(last)}";
        return (name, name);
    }

    private static string PhoneOf(string country, int number, Dice dice)
    {
        var two = $"{number / 100 % 100:D2} {number % 100:D2}";
        return country switch
        {
            "DZ" when dice.Chance(0.2) => $"+213 555 00 {two}",
            "DZ" => $"0555 00 {two}",
            "FR" => $"06 39 98 {two}",
            "DE" => $"0171 39200{number % 100:D2}",
            "GB" => $"07700 900{number % 1000:D3}",
            _ => $"({dice.Pick(["212", "512", "415"])}) 555-01{number % 100:D2}",
        };
    }

    private static string StreetOf(string country, Dice dice)
    {
        var house = dice.Between(1, 140);
        return country == "DZ"
            ? $"{house} {dice.Pick(AlgerianStreets)}"
            : string.Format(CultureInfo.InvariantCulture, ForeignStreets[country], house);
    }

    private static string MailNameOf(string latin) => string.Concat(
        latin.ToLowerInvariant().Select(letter => letter switch
        {
            ' ' => '.',
            'é' or 'è' or 'ë' => 'e',
            'ï' => 'i',
            _ => letter,
        }));
}

/// <summary>Browsers as they call themselves, phones first as in the shop.</summary>
internal static class DemoBrowsers
{
    public static readonly (int Weight, string What)[] All =
    [
        (34, "Mozilla/5.0 (Linux; Android 15; SM-A556B) AppleWebKit/537.36 (KHTML, like Gecko) "
            + "Chrome/142.0.0.0 Mobile Safari/537.36"),
        (16, "Mozilla/5.0 (Linux; Android 14; Redmi Note 13) AppleWebKit/537.36 "
            + "(KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36"),
        (18, "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 "
            + "(KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1"),
        (4, "Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 "
            + "(KHTML, like Gecko) Version/18.6 Safari/604.1"),
        (18, "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            + "Chrome/142.0.0.0 Safari/537.36"),
        (6, "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 "
            + "(KHTML, like Gecko) Version/18.6 Safari/605.1.15"),
        (4, "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"),
    ];
}
