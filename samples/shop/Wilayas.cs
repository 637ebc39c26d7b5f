namespace Sojourn.Shop;

/// <summary>A wilaya of Algeria, and what bringing a parcel there takes.</summary>
/// <param name="Code">Its number, as in addresses.</param>
/// <param name="Name">In French.</param>
/// <param name="ArabicName">In Arabic.</param>
internal sealed record Wilaya(string Code, string Name, string ArabicName)
{
    // In the south parcels travel by aeroplane.
    private static readonly string[] Far =
        ["01", "08", "11", "30", "32", "33", "37", "39", "45", "47", "49", "50", "51", "52", "53",
            "54", "55", "56", "57", "58"];

    /// <summary>In dinars.</summary>
    public decimal Fee => Code == "16" ? 400m : Far.Contains(Code) ? 1_200m : 600m;

    /// <summary>Until the parcel is there.</summary>
    public int Days => Code == "16" ? 1 : Far.Contains(Code) ? 12 : 3;
}

/// <summary>All 58, by number. Source: law 19-12 of 2019.</summary>
internal static class Wilayas
{
    public static IReadOnlyList<Wilaya> All { get; } =
    [
        new("01", "Adrar", "أدرار"), new("02", "Chlef", "الشلف"), new("03", "Laghouat", "الأغواط"),
        new("04", "Oum El Bouaghi", "أم البواقي"), new("05", "Batna", "باتنة"),
        new("06", "Béjaïa", "بجاية"), new("07", "Biskra", "بسكرة"), new("08", "Béchar", "بشار"),
        new("09", "Blida", "البليدة"), new("10", "Bouira", "البويرة"),
        new("11", "Tamanrasset", "تمنراست"), new("12", "Tébessa", "تبسة"),
        new("13", "Tlemcen", "تلمسان"), new("14", "Tiaret", "تيارت"),
        new("15", "Tizi Ouzou", "تيزي وزو"), new("16", "Alger", "الجزائر"),
        new("17", "Djelfa", "الجلفة"), new("18", "Jijel", "جيجل"), new("19", "Sétif", "سطيف"),
        new("20", "Saïda", "سعيدة"), new("21", "Skikda", "سكيكدة"),
        new("22", "Sidi Bel Abbès", "سيدي بلعباس"), new("23", "Annaba", "عنابة"),
        new("24", "Guelma", "قالمة"), new("25", "Constantine", "قسنطينة"),
        new("26", "Médéa", "المدية"), new("27", "Mostaganem", "مستغانم"),
        new("28", "M'Sila", "المسيلة"), new("29", "Mascara", "معسكر"),
        new("30", "Ouargla", "ورقلة"), new("31", "Oran", "وهران"),
        new("32", "El Bayadh", "البيض"), new("33", "Illizi", "إليزي"),
        new("34", "Bordj Bou Arréridj", "برج بوعريريج"), new("35", "Boumerdès", "بومرداس"),
        new("36", "El Tarf", "الطارف"), new("37", "Tindouf", "تندوف"),
        new("38", "Tissemsilt", "تيسمسيلت"), new("39", "El Oued", "الوادي"),
        new("40", "Khenchela", "خنشلة"), new("41", "Souk Ahras", "سوق أهراس"),
        new("42", "Tipaza", "تيبازة"), new("43", "Mila", "ميلة"),
        new("44", "Aïn Defla", "عين الدفلى"), new("45", "Naâma", "النعامة"),
        new("46", "Aïn Témouchent", "عين تموشنت"), new("47", "Ghardaïa", "غرداية"),
        new("48", "Relizane", "غليزان"), new("49", "Timimoun", "تيميمون"),
        new("50", "Bordj Badji Mokhtar", "برج باجي مختار"),
        new("51", "Ouled Djellal", "أولاد جلال"), new("52", "Béni Abbès", "بني عباس"),
        new("53", "In Salah", "عين صالح"), new("54", "In Guezzam", "عين قزام"),
        new("55", "Touggourt", "تقرت"), new("56", "Djanet", "جانت"),
        new("57", "El M'Ghair", "المغير"), new("58", "El Meniaa", "المنيعة"),
    ];
}
