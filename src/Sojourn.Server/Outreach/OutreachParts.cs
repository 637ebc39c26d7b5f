using Microsoft.AspNetCore.Hosting.Server;
using Sojourn.Server.Accounts;

namespace Sojourn.Server.Outreach;

/// <summary>What outreach consists of.</summary>
internal static class OutreachParts
{
    /// <summary>Adds it; without a mail server all can be prepared and nothing goes.</summary>
    public static void AddOutreach(this IServiceCollection services, MailServer? server)
    {
        services.AddSingleton<TemplateBook>();
        services.AddSingleton<OutreachBook>();
        services.AddSingleton<CheckoutReader>();
        services.AddSingleton<AddressKeys>();
        services.AddSingleton<Suppressions>();
        services.AddSingleton<OptOutDoor>();
        services.AddSingleton<TemplatePreviews>();
        services.AddSingleton<RecoveryDoor>();
        services.AddSingleton(made => new RecoveryLinks(
            made.GetRequiredService<AddressKeys>(), LinkTo(made)));
        if (server is null)
            return;

        services.AddSingleton(new SmtpMailer(server));
        services.AddSingleton(made => new OutreachComposer(
            made.GetRequiredService<TemplateBook>(),
            made.GetRequiredService<AddressKeys>(),
            made.GetRequiredService<TimeProvider>(),
            made.GetRequiredService<RecoveryLinks>(),
            LinkTo(made)));
        services.AddSingleton(made =>
            ActivatorUtilities.CreateInstance<OutreachPlanner>(made, server.Domain));
        services.AddSingleton<OutreachSender>();
        services.AddSingleton<OutreachWatch>();
        services.AddHostedService<OutreachService>();
    }

    // The server knows where it listens once it does.
    private static Func<string, string> LinkTo(IServiceProvider made) => path =>
        made.GetRequiredService<PublicAddress>().LinkTo(
            path, made.GetRequiredService<IServer>());
}
