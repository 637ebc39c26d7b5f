using Sojourn.Events;
using Sojourn.Sessions;
using Sojourn.Storage;
using Xunit;

namespace Sojourn.Tests.Contracts;

/// <summary>Keys are made, listed without their secrets, and taken out of force.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task A_projects_keys_are_listed_without_the_secret_ones_tokens()
    {
        var created = await Store.CreateProjectAsync(
            $"shop {Guid.NewGuid()}", ProjectSettings.Default, Cancel);
        Clock.Advance(TimeSpan.FromMinutes(1));
        var third = await CreateKeyAsync(created.Project.Id, KeyKind.Secret);
        await RestartAsync();

        var keys = Store.KeysOf(created.Project.Id);

        Assert.Equal(
            [KeyKind.Write, KeyKind.Secret, KeyKind.Secret], keys.Select(key => key.Kind));
        Assert.Equal(created.WriteKey, keys[0].Shown);
        Assert.Equal(created.SecretKey[..9] + "…", keys[1].Shown);
        Assert.Equal(third.Key, keys[2]);
        Assert.Equal(Clock.NowUs(), keys[2].CreatedUs);
        Assert.Equal(3, keys.Select(key => key.Id).Distinct().Count());
        Assert.All(keys, key => Assert.Null(key.RevokedUs));
    }

    [Fact]
    public async Task A_new_key_opens_its_own_project()
    {
        var made = await CreateKeyAsync(Project, KeyKind.Write);

        var owner = Store.Projects.Single(project => project.Id == Project);
        Assert.Equal(new ProjectKey(owner, KeyKind.Write), Store.FindKey(made.Token));
        Assert.Equal(made.Token, made.Key.Shown);
        await Assert.ThrowsAsync<ArgumentException>(
            () => CreateKeyAsync("p_none", KeyKind.Write));
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_from_then_on()
    {
        var made = await CreateKeyAsync(Project, KeyKind.Secret);
        Clock.Advance(TimeSpan.FromMinutes(1));
        var at = Clock.NowUs();

        var revoked = await Store.RevokeKeyAsync(Project, made.Key.Id, Cancel);

        Assert.Null(Store.FindKey(made.Token));
        Assert.Equal(made.Key with { RevokedUs = at }, revoked);
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(revoked, await Store.RevokeKeyAsync(Project, made.Key.Id, Cancel));
        await RestartAsync();
        Assert.Null(Store.FindKey(made.Token));
        Assert.Contains(revoked, Store.KeysOf(Project));
    }

    [Fact]
    [Trait("Invariant", "I8")]
    public async Task A_key_is_revoked_in_its_own_project_only()
    {
        var made = await CreateKeyAsync(Project, KeyKind.Secret);
        var other = await NewProjectAsync();

        Assert.Null(await Store.RevokeKeyAsync(other, made.Key.Id, Cancel));
        Assert.Null(await Store.RevokeKeyAsync(Project, "k_none", Cancel));

        Assert.NotNull(Store.FindKey(made.Token));
        Assert.DoesNotContain(made.Key, Store.KeysOf(other));
    }

    private async Task<NewKey> CreateKeyAsync(string project, KeyKind kind) =>
        Assert.IsType<NewKey>(await Store.CreateKeyAsync(project, kind, Cancel));
}
