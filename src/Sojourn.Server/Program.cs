using Sojourn.Events.Classification;
using Sojourn.Ingest;
using Sojourn.Kinds.Checkouts;
using Sojourn.Kinds.Checkouts.Customers;
using Sojourn.Kinds.Checkouts.Reasons;
using Sojourn.Kinds.Checkouts.Recovery;
using Sojourn.Kinds.Reservations;
using Sojourn.Kinds.Visits;
using Sojourn.Kinds.Visits.Leads;
using Sojourn.Queries;
using Sojourn.Server.Accounts;
using Sojourn.Server.Api;
using Sojourn.Server.Api.Hooks;
using Sojourn.Server.Api.Outreach;
using Sojourn.Server.Commands;
using Sojourn.Server.Discounts;
using Sojourn.Server.Outreach;
using Sojourn.Server.Pages;
using Sojourn.Server.Pages.Connecting;
using Sojourn.Server.Pages.Debugging;
using Sojourn.Server.Pages.EventBrowser;
using Sojourn.Server.Pages.Layout;
using Sojourn.Server.Pages.Lenses.Checkouts;
using Sojourn.Server.Pages.Lenses.Reservations;
using Sojourn.Server.Pages.Lenses.Visits;
using Sojourn.Server.Pages.Lists;
using Sojourn.Server.Pages.Outreach;
using Sojourn.Server.Pages.Paths;
using Sojourn.Server.Pages.Persons;
using Sojourn.Server.Pages.Pipeline;
using Sojourn.Server.Pages.Revenue;
using Sojourn.Server.Pages.Rules;
using Sojourn.Server.Pages.Settings;
using Sojourn.Server.Paths;
using Sojourn.Server.Revenue;
using Sojourn.Server.Rules;
using Sojourn.Sessions;

namespace Sojourn.Server;

/// <summary>The table of contents: lists, commands, and how a server is put together.</summary>
internal static class Program
{
    /// <summary>The four lists. Another kind of session is one more line here.</summary>
    public static Lenses Lenses { get; } = new(
    [
        VisitLenses.Users,
        VisitLenses.Leads,
        CheckoutLens.Checkouts,
        ReservationLens.Reservations,
    ])
    {
        OfPeople =
            [CheckoutLens.Checkouts, ReservationLens.Reservations, VisitLenses.Leads],
    };

    /// <summary>How those lists look, in the order the screen offers them.</summary>
    public static LensPages Pages { get; } = new(
    [
        CheckoutsPage.Page,
        ReservationsPage.Page,
        UsersPage.Page,
        LeadsPage.Page,
    ]);

    /// <summary>The kinds of sessions those lists show.</summary>
    public static IReadOnlyList<SessionKind> Kinds { get; } =
        [.. Lenses.All.Select(lens => lens.Kind).DistinctBy(kind => kind.Name)];

    /// <summary>The sets of rules that people of a project can change.</summary>
    public static RuleCatalog Rules { get; } = new(
    [
        RuleSet.Of(
            ScoringSet.Name, "Scoring", "How events give points, and what scores are called.",
            VisitLenses.Leads, ScoringSet.Default),
        RuleSet.Of(JourneySet.Name, "Steps and intent",
            "What the steps of a visit are called, and what they say about intent.",
            VisitLenses.Leads, JourneySet.Default),
        RuleSet.Of(ChannelSet.Name, "Channels", "By which channel a visit came.",
            VisitLenses.Leads, ChannelSet.Default),
        RuleSet.Of(ReasonSet.Name, "Abandonment reasons",
            "Why order forms are left, and how sure that is.",
            CheckoutLens.Checkouts, ReasonSet.Default),
        RuleSet.Of(RecoverySet.Name, "Recovery",
            "Which orders are credited to staff, and which customers go first.",
            CheckoutLens.Checkouts, RecoverySet.Default),
        RuleSet.Of(RegionSet.Name, "Regions", "The regions customers are in, by country.",
            CheckoutLens.Checkouts, RegionSet.Default),
        RuleSet.Of(SuppressionSet.Name, "Suppression", "Which events are no people's doing.",
            VisitLenses.Leads, SuppressionSet.Default),
    ]);

    /// <summary>Which events are no people's doing.</summary>
    public static ISuppression SuppressionOf(ProjectSettings settings) =>
        settings.Suppress
            ? SuppressionRules.Of(settings.Rules.GetValueOrDefault(SuppressionSet.Name))
            : EachAlone.Nothing;

    /// <summary>The verbs.</summary>
    public static Task<int> Main(string[] args) => CommandLine.RunAsync(
        args,
        [
            DemoCommand.Create(),
            ServeCommand.Create(),
            ProjectCommand.Create(),
            UserCommand.Create(),
            ImportCommand.Create(),
            SessionizeCommand.Create(),
            ExportCommand.Create(),
            VerifyCommand.Create(),
            BackupCommand.Create(),
            RestoreCommand.Create(),
        ]);

    /// <summary>Puts a server together; it does not listen yet.</summary>
    /// <exception cref="InvalidOperationException">A route names no policy.</exception>
    public static WebApplication CreateServer(ServerSetup setup)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(Program).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Use(setup));
        builder.Logging.UseSojourn();
        AddServices(builder.Services, setup);

        var app = builder.Build();
        app.UseProxies(setup.Proxies);
        app.UseMiddleware<SecurityHeaders>();
        app.UseResponseCompression();
        app.UseMiddleware<ProblemPages>();
        app.UseMiddleware<Faults>();
        app.UseStatusCodePages(page =>
            Problems.OfStatus(page.HttpContext).WriteAsync(page.HttpContext));
        app.UseRouting();
        app.UseMiddleware<SetUpGate>();
        app.UseMiddleware<Guard>();
        MapRoutes(app);
        Policies.Inventory(app);
        return app;
    }

    private static void AddServices(IServiceCollection services, ServerSetup setup)
    {
        services.AddSingleton(setup);
        services.AddSingleton(setup.Store);
        services.AddSingleton(setup.Clock);
        services.AddSingleton(Lenses);
        services.AddSingleton(new QueryParser(Lenses.All));
        services.AddSingleton<People>();
        services.AddSingleton<Merging>();
        services.AddSingleton<IngestLine>();
        services.AddSingleton(made => made.GetRequiredService<IngestLine>().Meter);
        services.AddSingleton<RefusalLog>();
        services.AddSingleton<Intake>();
        services.AddSingleton(Rules);
        services.AddSingleton<RuleBook>();
        services.AddSingleton<RulePreviews>();
        services.AddSingleton<HookBook>();
        services.AddOutreach(setup.Mail);
        services.AddSingleton<LiveFeeds>();
        services.AddSingleton<Ending>();
        services.AddSingleton<StaticAssets>();
        services.AddSingleton<SnippetAsset>();
        AddPages(services);
        services.AddAccounts(setup);
        services.AddHostedService<IngestService>();
        setup.Also?.Invoke(services);
        services.AddOpenApi("v1", ApiDocument.Describe);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ServerSetup.DrainWithin);
    }

    private static void AddPages(IServiceCollection services)
    {
        services.AddRazorComponents();
        // Tokens in pages are masked anew each time, so packing tells nothing about them.
        services.AddResponseCompression(packing =>
        {
            packing.EnableForHttps = true;
            packing.MimeTypes = ["text/html"];
        });
        services.AddHttpContextAccessor();
        services.AddScoped<PageContext>();
        services.AddScoped<Frame>();
        services.AddScoped<SessionLists>();
        services.AddScoped<PeopleScreen>();
        services.AddScoped<Refusals>();
        services.AddScoped<Accepted>();
        services.AddScoped<FoundEvents>();
        services.AddScoped<PersonScreens>();
        services.AddScoped<KnownPeople>();
        services.AddScoped<OutreachDesk>();
        services.AddSingleton<NamesSeen>();
        services.AddScoped<Boards>();
        services.AddSingleton<MessageBooks>();
        services.AddScoped<BoardActing>();
        services.AddScoped<BoardOutcomes>();
        services.AddSingleton<DiscountCodes>();
        services.AddSingleton<IActionClaim, DiscountClaim>();
        services.AddSingleton<PathsReports>();
        services.AddSingleton<RevenueReports>();
        services.AddSingleton<HoldoutReports>();
        services.AddSingleton<SavedViews>();
        services.AddSingleton(Pages);
    }

    private static void MapRoutes(WebApplication app)
    {
        MapReports(app);
        app.MapEventsApi();
        app.MapSegmentApi();
        app.MapHooksApi();
        app.MapHookSettingsApi();
        app.MapSessionsApi();
        app.MapPeopleApi();
        app.MapMergeApi();
        app.MapExportApi();
        app.MapStreamApi();
        app.MapActionsApi();
        app.MapPreviewApi();
        app.MapOutreachApi();
        app.MapRefusalsApi();
        app.MapKeysApi();
        app.MapHealthApi();
        app.MapControlApi();
        app.MapOptOut();
        app.MapRecoveryLinks();
        app.MapHomePages();
        app.MapListPages(Pages);
        app.MapDebuggerPages();
        app.MapEventPages();
        app.MapPersonPages();
        app.MapPipelinePages();
        app.MapConnectPage();
        app.MapLivePages();
        app.MapDisplayPages();
        app.MapSetUp();
        app.MapSignIn();
        app.MapSignInLinks();
        app.MapAccount();
        app.MapSettingsPages();
        app.MapAccountsControl();
        app.MapGet("/assets/{name}", StaticAssets.ServeAsync)
            .Needs(Policy.Anyone).EvenBeforeSetUp();
        app.MapGet("/s.js", SnippetAsset.ServeAsync).Needs(Policy.Anyone);
        app.MapOpenApi("/openapi/{documentName}.json").Needs(Policy.Anyone);
    }

    // What follows from sessions, and the rules it follows by.
    private static void MapReports(WebApplication app)
    {
        app.MapRulesApi(Rules);
        app.MapLeadsApi();
        app.MapPathsApi();
        app.MapRevenueApi();
        app.MapDiscountsApi();
        app.MapHoldoutApi();
        app.MapPathsPages();
        app.MapRevenuePages();
        app.MapScoringPages();
        app.MapRulesPages();
        app.MapSuppressionPages();
    }
}
