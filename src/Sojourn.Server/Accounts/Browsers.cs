using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Sojourn.Server.Api;
using Sojourn.Server.Pages;

namespace Sojourn.Server.Accounts;

/// <summary>What serves people rather than programs.</summary>
internal static class Browsers
{
    /// <summary>Sends a browser elsewhere on this server, with a new question.</summary>
    public static void GoTo(this HttpContext context, string path)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = path;
    }

    /// <summary>Answers with a page.</summary>
    public static Task ShowAsync<TPage>(
        this HttpContext context, Dictionary<string, object?> parameters, int status)
        where TPage : IComponent => Page.Of<TPage>(parameters, status).ExecuteAsync(context);

    /// <summary>Lets a route answer before there is an account.</summary>
    public static TBuilder EvenBeforeSetUp<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(BeforeSetUp.Instance);

    /// <summary>Adds accounts, sign-ins and the protection of forms.</summary>
    public static void AddAccounts(this IServiceCollection services, ServerSetup setup)
    {
        services.AddSingleton(new PublicAddress(setup.PublicUrl));
        services.AddHttpContextAccessor();
        services.AddSingleton<Staff>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<SignIns>();
        services.AddSingleton<SignInLinks>();
        services.AddSingleton<Invitations>();
        services.AddSingleton<Tries>();
        services.AddSingleton<FirstRun>();
        services.AddSingleton<Forgery>();
        services.AddSingleton<OpenStreams>();
        services.AddHostedService(all => all.GetRequiredService<OpenStreams>());
        services.AddSingleton<KeyDoor>();
        services.AddSingleton<StaffDoor>();
        services.AddSingleton<OperatorDoor>();
        services.AddDataProtection().SetApplicationName("sojourn");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(
            new ConfigureOptions<KeyManagementOptions>(
                keys => keys.XmlRepository = new KeyRing(setup.Store)));
        services.AddAntiforgery(options =>
        {
            options.FormFieldName = Forgery.FieldName;
            options.HeaderName = Forgery.HeaderName;
            options.SuppressXFrameOptionsHeader = true; // The content policy says it.
            options.Cookie.Name = "sojourn-csrf";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
    }
}
