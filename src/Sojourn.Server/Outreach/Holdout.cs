using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Sojourn.Server.Outreach;

/// <summary>
/// Who is left alone, so that those who are written to have somebody to be compared with. A
/// person is always on the same side, in every rule and after every restart.
/// </summary>
internal static class Holdout
{
    /// <summary>True for about so many of a hundred people.</summary>
    public static bool Holds(string project, string person, int percent) =>
        BinaryPrimitives.ReadUInt64BigEndian(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{project}\0{person}"))) % 100
        < (ulong)Math.Max(0, percent);
}
