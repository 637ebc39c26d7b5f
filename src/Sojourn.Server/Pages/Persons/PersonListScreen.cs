using Sojourn.Server.Pages.Lists;

namespace Sojourn.Server.Pages.Persons;

/// <summary>Everything the page of people shows at one instant.</summary>
public sealed record PersonListScreen
{
    /// <summary>What is searched for; empty for the people seen last.</summary>
    public required string Text { get; init; }

    /// <summary>The person whose id is the text, when not among <see cref="People"/>.</summary>
    public string? Exact { get; init; }

    /// <summary>The people, the last seen first.</summary>
    public required IReadOnlyList<PersonRow> People { get; init; }
}

/// <summary>A person with the last session that was found of them.</summary>
/// <param name="Id">The person.</param>
/// <param name="Name">The last name that was told, or null.</param>
/// <param name="Email">The last e-mail that was told, or null.</param>
/// <param name="Of">How the session's list looks.</param>
/// <param name="Last">The session.</param>
public sealed record PersonRow(
    string Id, string? Name, string? Email, LensPage Of, SessionRow Last)
{
    /// <summary>The same person, as another session knows them too.</summary>
    public PersonRow And(PersonRow other)
    {
        var (later, earlier) = Last.Session.LastEventUs >= other.Last.Session.LastEventUs
            ? (this, other)
            : (other, this);
        return later with
        {
            Name = later.Name ?? earlier.Name,
            Email = later.Email ?? earlier.Email,
        };
    }
}
