using System.CommandLine;
using System.Text.Json;
using Sojourn.Server.Accounts;
using Sojourn.Server.Api;
using Sojourn.Storage;

namespace Sojourn.Server.Commands;

/// <summary>
/// <c>sojourn user add|reset EMAIL</c>: prints a link by which that person chooses a password.
/// </summary>
internal static class UserCommand
{
    public static Command Create()
    {
        var command = new Command("user", "Adds people, and gives them new passwords.");
        command.Add(CreateAdd());
        command.Add(CreateReset());
        return command;
    }

    private static Command CreateAdd()
    {
        var email = EmailArgument();
        var role = new Option<string>("--role")
        {
            Description = "viewer sees, agent acts, admin manages.",
            Required = true,
        };
        role.AcceptOnlyFromAmong([.. Enum.GetNames<Role>().Select(one => one.ToLowerInvariant())]);
        var add = new Command("add", "Adds an account and prints its sign-in link.")
        {
            email, role,
        };
        var place = StorePlace.AddOptions(add);
        var publicUrl = ServeCommand.PublicUrlOption();
        add.Add(publicUrl);
        add.SetAction((parsed, cancel) =>
        {
            var asked = new NewUserAsked(
                EmailOf(parsed.GetRequiredValue(email)),
                Enum.Parse<Role>(parsed.GetRequiredValue(role), ignoreCase: true));
            return RunAsync(
                StorePlace.Of(parsed, place),
                ServeCommand.PublicUrlOf(parsed.GetValue(publicUrl)),
                server => server.PostAsync("/control/users", asked, cancel),
                people => people.AddAsync(asked.Email, asked.Role, cancel),
                cancel);
        });
        return add;
    }

    private static Command CreateReset()
    {
        var email = EmailArgument();
        var reset = new Command("reset", "Prints a link by which somebody chooses a password.")
        {
            email,
        };
        var place = StorePlace.AddOptions(reset);
        var publicUrl = ServeCommand.PublicUrlOption();
        reset.Add(publicUrl);
        reset.SetAction((parsed, cancel) =>
        {
            var asked = new UserAsked(EmailOf(parsed.GetRequiredValue(email)));
            return RunAsync(
                StorePlace.Of(parsed, place),
                ServeCommand.PublicUrlOf(parsed.GetValue(publicUrl)),
                server => server.PostAsync("/control/users/reset", asked, cancel),
                people => people.ResetAsync(asked.Email, cancel),
                cancel);
        });
        return reset;
    }

    // A server knows its own address; without one, the usual one is meant.
    private static async Task<int> RunAsync(
        StorePlace place,
        Uri? publicUrl,
        Func<ControlClient, Task<string>> ask,
        Func<Invitations, Task<Invitation>> invite,
        CancellationToken cancel)
    {
        var (store, server) = await place.ReachAsync(cancel);
        if (server is not null)
        {
            using (server)
            {
                using var answer = JsonDocument.Parse(await ask(server));
                return Print(answer.RootElement.GetProperty("link").GetString()!); // Always text.
            }
        }

        await using (store)
        {
            var invitation = await invite(InvitationsOf(store!));
            if (invitation.Refusal is { } refusal)
            {
                var problem = StaffProblems.Of(refusal);
                throw CommandFailure.Configuration($"{problem.Title} {problem.Hint}");
            }

            return Print(new PublicAddress(publicUrl)
                .LinkTo(invitation.Path!, ServeCommand.UrlDefault)); // There is one.
        }
    }

    private static Invitations InvitationsOf(IStore store)
    {
        var staff = new Staff(store, TimeProvider.System);
        return new Invitations(staff, new SignInLinks(store, staff, TimeProvider.System));
    }

    // The link alone on standard output, for scripts; what to do with it beside that.
    private static int Print(string link)
    {
        Console.Out.WriteLine(link);
        Console.Error.WriteLine(
            $"It works once, within {SignInLinks.LifeMax.TotalMinutes} minutes. Hand it over by "
            + "a way that only its owner reads.");
        return ExitCodes.Ok;
    }

    private static Argument<string> EmailArgument() =>
        new("EMAIL") { Description = "The person's e-mail address." };

    private static string EmailOf(string text) => Account.TryReadEmail(text, out var email)
        ? email
        : throw CommandFailure.Usage($"{text} is no e-mail address. Write e.g. ada@shop.example.");
}
