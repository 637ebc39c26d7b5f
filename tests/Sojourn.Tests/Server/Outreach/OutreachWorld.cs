using Sojourn.Events;
using Sojourn.Kinds.Checkouts;
using Sojourn.Queries;
using Sojourn.Server.Outreach;
using Sojourn.Sessions;
using Sojourn.Storage;
using Xunit;

namespace Sojourn.Tests.Server.Outreach;

/// <summary>A shop with a rule, a mail server, and rounds that run when a test says so.</summary>
internal sealed class OutreachWorld : IAsyncDisposable
{
    private OutreachWorld(TestServer server) => Server = server;

    public TestServer Server { get; }

    public SmtpServer Smtp { get; } = new();

    public IOutbox Outbox => Server.Store.Outbox;

    /// <summary>A rule: half an hour after the form was left, then a day later.</summary>
    public static OutreachSettings Settings { get; } = new()
    {
        Shop = "Nour",
        RecoveryUrl = "https://shop.example/back?c={checkout_id}",
        Rules =
        [
            new("left", "Left the form", Enabled: true, "30m",
                [new("0s", "email-en"), new("1d", "email-en")]),
        ],
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<OutreachWorld> StartAsync(OutreachSettings? settings = null)
    {
        var world = new OutreachWorld(await TestServer.StartAsync());
        await world.SaveAsync(settings ?? Settings);
        return world;
    }

    public async Task SaveAsync(OutreachSettings settings)
    {
        var book = Server.Services.GetRequiredService<OutreachBook>();
        var answer = await book.SaveAsync(
            Server.Project, book.Current(Server.Project).Version, settings.Write(), Cancel);
        Assert.Equal(new OutreachAnswer(null, IsStale: false), answer);
    }

    /// <summary>A form that somebody fills in and leaves.</summary>
    public Task LeaveAsync(
        string email = "amina@home.example",
        string checkout = "k1",
        double minute = 0,
        Trust trust = Trust.Verified,
        string user = "amina",
        string product = "Shoes",
        string name = "Amina B.") => Server.TellAsync(
            Some.Event("checkout_started", minute, user, trust: trust, properties: $$$"""
                {"checkout_id":"{{{checkout}}}","product":{"name":"{{{product}}}","price":20}}
                """),
            Some.Event("checkout_updated", minute, user, trust: trust, properties: $$$"""
                {"checkout_id":"{{{checkout}}}",
                 "customer":{"name":"{{{name}}}","email":"{{{email}}}"}}
                """));

    /// <summary>Some time passes, and what is then due is planned and sent.</summary>
    public async Task PassAsync(double minutes)
    {
        Server.Clock.Advance(TimeSpan.FromMinutes(minutes));
        await PlanAsync();
        await NewSender().RunAsync(Cancel);
    }

    /// <summary>As a server does that was just started.</summary>
    public async Task PlanAsync()
    {
        var planner = ActivatorUtilities.CreateInstance<OutreachPlanner>(
            Server.Services, "mail.example");
        await planner.ScanAsync(Server.Project, Cancel);
        await planner.RunAsync(Cancel);
    }

    public OutreachSender NewSender() => ActivatorUtilities.CreateInstance<OutreachSender>(
        Server.Services,
        new OutreachComposer(
            Server.Services.GetRequiredService<TemplateBook>(),
            Server.Services.GetRequiredService<AddressKeys>(),
            Server.Clock,
            Server.Services.GetRequiredService<RecoveryLinks>(),
            path => new Uri(Server.Address, path).ToString()),
        new SmtpMailer(Smtp.Options) { Patience = TimeSpan.FromSeconds(4) });

    /// <summary>All messages, by person and step.</summary>
    public async Task<IReadOnlyList<OutboxRow>> RowsAsync() =>
    [
        .. (await Outbox.ListAsync(Server.Project.Id, new OutboxQuery(), Cancel))
            .OrderBy(row => row.Person, StringComparer.Ordinal)
            .ThenBy(row => row.Step),
    ];

    /// <summary>The state of the first message and why.</summary>
    public async Task<(string State, string? Why)> FirstAsync()
    {
        var row = (await RowsAsync())[0];
        return (row.State, row.Why);
    }

    /// <summary>The one checkout there is.</summary>
    public async Task<Session> CheckoutAsync()
    {
        var found = await Server.Store.QueryAsync(
            Server.Project.Id, new SessionQuery { Lens = CheckoutLens.Checkouts }, Cancel);
        return Assert.Single(found.Items);
    }

    public async ValueTask DisposeAsync()
    {
        await Smtp.DisposeAsync();
        await Server.DisposeAsync();
    }
}
