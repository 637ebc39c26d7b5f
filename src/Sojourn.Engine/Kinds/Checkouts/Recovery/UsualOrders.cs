namespace Sojourn.Kinds.Checkouts.Recovery;

/// <summary>
/// About 50 US dollars in other currencies, rounded: good enough to tell a small order from a
/// great one. Rates of 2026, by hand; a project sets its own usual order.
/// </summary>
internal static class UsualOrders
{
    private static readonly Dictionary<string, decimal> Known = new(StringComparer.Ordinal)
    {
        ["DZD"] = 6500,
        ["MAD"] = 480,
        ["TND"] = 150,
        ["LYD"] = 260,
        ["EGP"] = 2400,
        ["SAR"] = 190,
        ["AED"] = 180,
        ["QAR"] = 180,
        ["TRY"] = 2000,
        ["INR"] = 4300,
        ["JPY"] = 7500,
        ["KRW"] = 70000,
        ["CNY"] = 360,
        ["BRL"] = 270,
        ["MXN"] = 950,
        ["ZAR"] = 900,
        ["NGN"] = 75000,
        ["KES"] = 6500,
        ["XOF"] = 30000,
        ["XAF"] = 30000,
        ["SEK"] = 480,
        ["NOK"] = 520,
        ["DKK"] = 330,
        ["PLN"] = 190,
        ["CZK"] = 1100,
        ["HUF"] = 17500,
        ["RUB"] = 4300,
        ["IDR"] = 800000,
        ["VND"] = 1300000,
    };

    /// <summary>The amount in whole units of a currency; 50 where the rate is near one.</summary>
    public static decimal Of(string currency) => Known.GetValueOrDefault(currency, 50);
}
