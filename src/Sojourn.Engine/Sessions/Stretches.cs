namespace Sojourn.Sessions;

/// <summary>
/// Divides a device's events, in order, into stretches of one user each. An event that names
/// nobody belongs to the next user on the device; after the last user, to the last. Thus a
/// device never joins two users, and the result depends on the set of events alone.
/// </summary>
internal static class Stretches
{
    /// <summary>Finds the stretches.</summary>
    /// <param name="marks">
    /// For each event the number of the user it names: positive when verified, negative when
    /// claimed, 0 when it names none.
    /// </param>
    /// <returns>
    /// In order, without gaps. A stretch is verified when any of its events is. The one stretch
    /// of a device that never named a user has user 0.
    /// </returns>
    public static Stretch[] Of(ReadOnlySpan<int> marks)
    {
        var stretches = new List<Stretch>();
        var user = 0;
        var verified = false;
        var end = 0;
        for (var i = 0; i < marks.Length; i++)
        {
            var named = Math.Abs(marks[i]);
            if (named == 0)
                continue;

            if (user != 0 && named != user)
            {
                stretches.Add(new Stretch(end, verified ? user : -user));
                verified = false;
            }

            user = named;
            verified |= marks[i] > 0;
            end = i + 1;
        }

        stretches.Add(new Stretch(marks.Length, verified ? user : -user));
        return [.. stretches];
    }
}

/// <summary>A run of a device's events that belong to one user.</summary>
/// <param name="End">Index after its last event; it begins where the one before ends.</param>
/// <param name="User">Positive when verified, negative when only claimed, 0 for nobody.</param>
internal readonly record struct Stretch(int End, int User);
