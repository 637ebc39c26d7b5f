namespace Sojourn.Sessions;

/// <summary>What staff can do to a session of any kind; kinds may know more.</summary>
public static class ActionTypes
{
    /// <summary>
    /// Move it to another status; which moves are allowed is the kind's business.
    /// </summary>
    public const string Status = "status";

    /// <summary>Write something down.</summary>
    public const string Note = "note";

    /// <summary>Make it somebody's; without words, nobody's.</summary>
    public const string Assign = "assign";

    /// <summary>Keep it out of the default list.</summary>
    public const string Archive = "archive";

    /// <summary>Bring it back to the default list.</summary>
    public const string Unarchive = "unarchive";

    /// <summary>
    /// Take back an action, named by its id; see <see cref="Undoing"/>.
    /// </summary>
    public const string Undo = "undo";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All =
        [Status, Note, Assign, Archive, Unarchive, Undo];
}
