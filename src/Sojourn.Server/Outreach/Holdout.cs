using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Sojourn.Server.Outreach;

/// <summary>
/// Who is left alone, so that those who are written to have somebody to be compared with. An
/// address is always on the same side, in every rule of one share and after every restart.
/// </summary>
internal static class Holdout
{
    /// <summary>True for about so many of a hundred people.</summary>
    /// <param name="project">The project.</param>
    /// <param name="addressKey">
    /// The hash of the person's address: who leaves two forms without signing in is one person.
    /// </param>
    /// <param name="percent">How many of a hundred, 0 to 100.</param>
    public static bool Holds(string project, string addressKey, int percent) =>
        BinaryPrimitives.ReadUInt64BigEndian(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{project}\0{addressKey}"))) % 100
        < (ulong)Math.Max(0, percent);
}
