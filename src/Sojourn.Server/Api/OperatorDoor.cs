using Sojourn.Events;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>
/// Judges requests that come through the socket in the data folder. Who may open it owns the
/// data; they may do everything, in the project they name.
/// </summary>
internal sealed class OperatorDoor(IStore store)
{
    /// <summary>Names the project of a command.</summary>
    public const string ProjectHeader = "Sojourn-Project";

    /// <summary>Whom it acts for, or why it cannot.</summary>
    public Verdict Judge(HttpRequest request, Policy policy)
    {
        var project = store.FindProject(request.Headers[ProjectHeader].ToString());
        return policy.OfProject && project is null
            ? Problems.ProjectUnknown
            : new Caller(project, Trust.Verified, "operator");
    }
}

/// <summary>Marks a connection that came through the socket in the data folder.</summary>
internal sealed class OperatorConnection
{
    /// <summary>The one mark.</summary>
    public static readonly OperatorConnection Instance = new();
}
