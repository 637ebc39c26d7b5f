using Sojourn.Server.Accounts;
using Sojourn.Server.Api;
using Xunit;

namespace Sojourn.Tests.Server.Accounts;

/// <summary>Accounts change one at a time, and an admin always remains.</summary>
[Trait("Threat", "D6")]
public sealed class StaffTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_last_admin_cannot_go()
    {
        await using var server = await TestServer.StartAsync();
        var staff = server.Services.GetRequiredService<Staff>();
        var admin = Assert.Single(staff.All);
        await server.AddAccountAsync("bo@shop.example", Role.Agent);

        var removed = await staff.RemoveAsync(admin.Id, Cancel);
        var lowered = await staff.SetRoleAsync(admin.Id, Role.Agent, Cancel);

        Assert.Equal(StaffRefusal.LastAdmin, removed.Refusal);
        Assert.Equal(StaffRefusal.LastAdmin, lowered.Refusal);
        Assert.Equal(Role.Admin, staff.Find(admin.Id)?.Role);
    }

    [Fact]
    public async Task Of_two_admins_who_remove_each_other_at_once_one_remains()
    {
        await using var server = await TestServer.StartAsync();
        var staff = server.Services.GetRequiredService<Staff>();
        var ada = Assert.Single(staff.All);
        var bo = await server.AddAccountAsync("bo@shop.example", Role.Admin);

        var answers = await Task.WhenAll(
            Task.Run(() => staff.RemoveAsync(ada.Id, Cancel), Cancel),
            Task.Run(() => staff.SetRoleAsync(bo.Id, Role.Viewer, Cancel), Cancel));

        Assert.Single(answers, answer => answer.Refusal == StaffRefusal.LastAdmin);
        Assert.Single(staff.All, one => one.Role == Role.Admin);
    }

    [Fact]
    public async Task Many_changes_at_once_are_all_kept()
    {
        await using var server = await TestServer.StartAsync();
        var staff = server.Services.GetRequiredService<Staff>();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(
            () => staff.AddAsync($"p{i:00}@shop.example", Role.Viewer, Cancel), Cancel)));

        Assert.Equal(21, staff.All.Count);
        Assert.Equal(
            staff.All.Select(one => one.Email).Order(StringComparer.Ordinal),
            staff.All.Select(one => one.Email));
    }

    [Fact]
    public async Task An_e_mail_has_one_account()
    {
        await using var server = await TestServer.StartAsync();
        var staff = server.Services.GetRequiredService<Staff>();

        var again = await staff.AddAsync(TestServer.AdminEmail, Role.Viewer, Cancel);

        Assert.Equal(StaffRefusal.EmailTaken, again.Refusal);
        Assert.Equal(Role.Admin, Assert.Single(staff.All).Role);
    }

    [Fact]
    public async Task The_first_account_is_an_admin()
    {
        await using var server = await TestServer.StartEmptyAsync();
        var staff = server.Services.GetRequiredService<Staff>();

        var viewer = await staff.AddAsync("bo@shop.example", Role.Viewer, Cancel);

        Assert.Equal(StaffRefusal.NoAdmin, viewer.Refusal);
        Assert.True(staff.IsEmpty);
    }

    [Fact]
    [Trait("Invariant", "I10")]
    public async Task There_are_at_most_300_accounts_however_long_their_e_mails()
    {
        await using var server = await TestServer.StartAsync();
        var staff = server.Services.GetRequiredService<Staff>();
        for (var i = 1; i < Staff.AccountsMax; i++)
        {
            var email = $"{i:000}{new string('x', 60)}@{new string('y', 60)}.example";
            Assert.Null((await staff.AddAsync(email, Role.Viewer, Cancel)).Refusal);
        }

        var more = await staff.AddAsync("bo@shop.example", Role.Viewer, Cancel);

        Assert.Equal(StaffRefusal.TooMany, more.Refusal);
        Assert.Equal(Staff.AccountsMax, staff.All.Count);
    }

    [Theory]
    [InlineData(" Ada@Shop.Example ", "ada@shop.example")]
    [InlineData("a+b@shop.example", "a+b@shop.example")]
    [InlineData("ada", null)]
    [InlineData("ada@", null)]
    [InlineData("Ada <ada@shop.example>", null)]
    [InlineData("a b@shop.example", null)]
    [InlineData("ada@shop.example,eve@shop.example", null)]
    [InlineData("ada@shop.example\r\nBcc: eve@shop.example", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void An_e_mail_is_one_address_in_lower_case(string? text, string? email)
    {
        Assert.Equal(email is not null, Account.TryReadEmail(text, out var read));
        if (email is not null)
            Assert.Equal(email, read);
    }
}
