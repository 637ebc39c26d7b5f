namespace Sojourn.Sessions;

/// <summary>Who an event counts for, after identities were resolved.</summary>
/// <param name="Key">
/// Unique in the project: <c>u:USER</c> a known user; <c>c:USER</c> a user only claimed;
/// <c>d:DEVICE</c> a device nobody named; <c>d:DEVICE~USER</c> its stretch under a claimed name.
/// </param>
/// <param name="Id">What people see: the user's id, else the device's.</param>
/// <param name="UserId">The known or claimed user, or null when there is none.</param>
/// <param name="Verified">False when the user is only claimed, or there is none.</param>
public sealed record Person(string Key, string Id, string? UserId, bool Verified);
