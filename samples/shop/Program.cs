namespace Sojourn.Shop;

/// <summary>The shop by itself, beside any Sojourn: see README.md.</summary>
internal static class Program
{
    private const int Usage = 64;

    public static async Task<int> Main(string[] args)
    {
        var told = new ConfigurationBuilder()
            .AddEnvironmentVariables("SHOP_").AddCommandLine(args).Build();
        if (!Uri.TryCreate(told["sojourn"], UriKind.Absolute, out var sojourn)
            || told["write-key"] is not { } writeKey || told["secret-key"] is not { } secretKey)
        {
            await Console.Error.WriteLineAsync(
                "Use: --sojourn http://127.0.0.1:5080 --write-key KEY --secret-key KEY "
                + "[--port 5081]");
            return Usage;
        }

        await using var shop = await ShopServer.StartAsync(
            new ShopSettings
            {
                Sojourn = sojourn,
                WriteKey = writeKey,
                SecretKey = secretKey,
                Port = told.GetValue("port", 5081),
            },
            CancellationToken.None);
        await Console.Out.WriteLineAsync($"Maison Atlas: {shop.Address}");
        await shop.WaitAsync();
        return 0;
    }
}
