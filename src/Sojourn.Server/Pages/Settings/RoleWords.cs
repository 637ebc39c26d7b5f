using System.Diagnostics;
using Sojourn.Server.Api;

namespace Sojourn.Server.Pages.Settings;

/// <summary>The words of roles.</summary>
internal static class RoleWords
{
    /// <summary>A role as forms and commands write it.</summary>
    public static string NameOf(Role role) => role.ToString().ToLowerInvariant();

    /// <summary>A role by its name; null for any other word.</summary>
    public static Role? Find(string? name) =>
        Enum.GetValues<Role>().Where(role => NameOf(role) == name).Select(role => (Role?)role)
            .FirstOrDefault();

    /// <summary>What people call it.</summary>
    public static string Of(Role role) => role switch
    {
        Role.Viewer => "Viewer",
        Role.Agent => "Agent",
        Role.Admin => "Admin",
        _ => throw new UnreachableException(),
    };

    /// <summary>What it may do.</summary>
    public static string MayOf(Role role) => role switch
    {
        Role.Viewer => "Sees lists and sessions, and exports them.",
        Role.Agent => "Also sets statuses, writes notes, assigns and archives.",
        Role.Admin => "Also makes keys, adds people and changes settings.",
        _ => throw new UnreachableException(),
    };
}
