using Sojourn.Events;

namespace Sojourn.Sessions.Live;

/// <summary>Gives back stored events by their number in the project, from 0.</summary>
public interface IEventReader
{
    /// <summary>The event of a number that was handed out.</summary>
    Event Read(int number);
}
