using System.Text.Json;

namespace Sojourn.Events;

/// <summary>What staff say of who somebody is, as events.</summary>
public static class AliasEvent
{
    /// <summary>Two ids are one person's, who goes by the first.</summary>
    /// <param name="user">The user.</param>
    /// <param name="previous">The other user or device.</param>
    /// <param name="at">Its time, count and id.</param>
    /// <param name="actor">Who says so; null = not told.</param>
    public static Event Of(
        string user, string previous, EventPosition at, string? actor = null) =>
        Word(EventNames.Alias, user, at, "previous_id", previous, actor);

    /// <summary>An alias of a user is taken back.</summary>
    /// <param name="user">The user the alias speaks of.</param>
    /// <param name="alias">The id of the alias.</param>
    /// <param name="at">Its time, count and id.</param>
    /// <param name="actor">Who says so; null = not told.</param>
    public static Event Undoing(
        string user, string alias, EventPosition at, string? actor = null) =>
        Word(EventNames.AliasUndone, user, at, "alias_id", alias, actor);

    private static Event Word(
        string name, string user, EventPosition at, string about, string id, string? actor) =>
        new()
        {
            Id = at.Id,
            Name = name,
            UserId = user,
            TimeUs = at.TimeUs,
            ReceivedUs = at.TimeUs,
            Seq = at.Seq,
            Trust = Trust.Staff,
            Properties = PropertiesOf(about, id, actor),
        };

    private static Properties PropertiesOf(string about, string id, string? actor)
    {
        var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString(about, id);
            if (actor is not null)
                json.WriteString("actor"u8, actor);
            json.WriteEndObject();
        }

        return Properties.FromJson(text.ToArray());
    }
}
