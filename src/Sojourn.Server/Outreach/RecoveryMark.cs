using System.Buffers.Binary;
using System.Text;
using Sojourn.Sessions;

namespace Sojourn.Server.Outreach;

/// <summary>What a recovery link says of itself; nothing of the customer.</summary>
/// <param name="Project">Whose link it is.</param>
/// <param name="Session">The checkout it leads back to.</param>
/// <param name="Channel">One of <see cref="MessageTemplate.Channels"/>.</param>
/// <param name="Rule">The rule that sent it; empty = a person did.</param>
/// <param name="Step">Which step of the rule, from 1; 0 = none.</param>
internal sealed record RecoveryMark(
    string Project, SessionId Session, string Channel, string Rule = "", int Step = 0)
{
    // Channel, step, kind, key, part, length of the project's id.
    private const int HeadBytes = 1 + 1 + 1 + 8 + 8 + 1;

    // Written into links, so the order stays.
    private static readonly string[] Channels =
        [MessageTemplate.Email, MessageTemplate.WhatsApp, MessageTemplate.Sms];

    /// <summary>The same in few bytes: it stands in text messages.</summary>
    public byte[] Write()
    {
        var project = Encoding.ASCII.GetBytes(Project);
        var bytes = new byte[HeadBytes + project.Length + Rule.Length];
        bytes[0] = (byte)Array.IndexOf(Channels, Channel);
        bytes[1] = (byte)Step;
        bytes[2] = (byte)Session.Kind;
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(3), Session.Key);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(11), Session.Part);
        bytes[19] = (byte)project.Length;
        project.CopyTo(bytes, HeadBytes);
        Encoding.ASCII.GetBytes(Rule, bytes.AsSpan(HeadBytes + project.Length));
        return bytes;
    }

    /// <summary>Reads what <see cref="Write"/> wrote; null for anything else.</summary>
    public static RecoveryMark? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeadBytes || bytes[0] >= Channels.Length
            || bytes.Length < HeadBytes + bytes[19])
        {
            return null;
        }

        var session = new SessionId(
            (char)bytes[2],
            BinaryPrimitives.ReadUInt64BigEndian(bytes[3..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[11..]));
        return new RecoveryMark(
            Encoding.ASCII.GetString(bytes.Slice(HeadBytes, bytes[19])),
            session,
            Channels[bytes[0]],
            Encoding.ASCII.GetString(bytes[(HeadBytes + bytes[19])..]),
            bytes[1]);
    }
}
