using System.Diagnostics.CodeAnalysis;
using Sojourn.Queries;
using Sojourn.Sessions;

namespace Sojourn.Server.Api;

/// <summary>The lists this server has.</summary>
/// <param name="All">In the order they are offered; the first is meant when none is named.</param>
internal sealed record Lenses(IReadOnlyList<Lens> All)
{
    /// <summary>
    /// One list for each kind: the one that sessions are shown in beside those of other kinds.
    /// </summary>
    public IReadOnlyList<Lens> OfPeople { get; init; } = [];

    /// <summary>Which of <see cref="OfPeople"/> a session is in; -1 = none.</summary>
    public int PlaceOf(SessionId id) =>
        OfPeople.ToList().FindIndex(lens => lens.Kind.IdPrefix == id.Kind);

    /// <summary>Their names.</summary>
    public override string ToString() => string.Join(", ", All.Select(lens => lens.Name));

    /// <summary>The list to show a session in: the one named, else the first of its kind.</summary>
    public bool TryOf(
        Session session,
        IReadOnlyList<KeyValuePair<string, string>> parameters,
        [NotNullWhen(true)] out Lens? lens,
        [NotNullWhen(false)] out QueryFault? fault)
    {
        lens = null;
        fault = null;
        var fitting = All.Where(one => one.Kind.Name == session.Kind).ToList();
        var named = fitting[0].Name;
        foreach (var (name, value) in parameters)
        {
            if (name != "lens")
            {
                fault = new(name, "There is no such parameter here.", "Use lens.");
                return false;
            }

            named = value;
        }

        lens = fitting.FirstOrDefault(one => one.Name == named);
        fault = lens is not null ? null : new("lens", "This session is not in that list.",
            $"Use {string.Join(" or ", fitting.Select(one => one.Name))}.");
        return lens is not null;
    }
}
