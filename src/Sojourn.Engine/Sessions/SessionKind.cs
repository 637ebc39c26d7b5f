using Sojourn.Events;

namespace Sojourn.Sessions;

/// <summary>
/// One way to group events into sessions and to fold them into a state. Everything here is a
/// pure function: no clock, no I/O; the same events in the same order give the same session.
/// </summary>
public abstract class SessionKind
{
    /// <summary>Unique, lower case, e.g. <c>visit</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The letter its session ids begin with, unique.</summary>
    public abstract char IdPrefix { get; }

    /// <summary>
    /// True when sessions belong to a person and silence ends them; false when they belong to a
    /// key of the kind's own and only its events end them.
    /// </summary>
    public abstract bool ByPerson { get; }

    /// <summary>The values each session of this kind has, in the order they are stored.</summary>
    public abstract IReadOnlyList<Field> Fields { get; }

    /// <summary>
    /// The kind's own key of an event, or null when it is none of this kind's. Never asked when
    /// <see cref="ByPerson"/> is true.
    /// </summary>
    public virtual string? KeyOf(Event e) => null;

    /// <summary>
    /// True when a session depends on those before it of the same key, so that an event that
    /// comes late changes those after it too.
    /// </summary>
    public virtual bool Remembers => false;

    /// <summary>This kind with the rules of a project; itself when it has none.</summary>
    public virtual SessionKind For(ProjectSettings settings) => this;

    /// <summary>
    /// What staff can do to its sessions besides <see cref="ActionTypes.All"/>.
    /// </summary>
    public virtual IReadOnlyList<string> Actions => [];

    /// <summary>Why a staff action is not allowed, as a stable code; null when it is.</summary>
    public abstract string? RefusalOf(Session session, StaffAction action, long nowUs);

    internal abstract object Start(Event first, ProjectSettings settings, object? before);

    internal abstract object Apply(object detail, Event next, ProjectSettings settings);

    internal abstract object Extend(object detail, long untilUs);

    internal abstract object Close(object detail, ProjectSettings settings);

    internal abstract bool EndsBefore(
        object detail, Event next, ProjectSettings settings, out SessionEdge reason);

    internal abstract object Act(object detail, StaffAction action);

    internal abstract Lifecycle LifecycleOf(
        object detail, SessionSpan span, ProjectSettings settings);

    internal abstract IReadOnlyList<object?> ValuesOf(object detail, SessionSpan span);
}

/// <summary>The times and counts a kind may need to judge its session.</summary>
/// <param name="StartedUs">First event, microseconds UTC.</param>
/// <param name="LastEventUs">Last event that is no heartbeat.</param>
/// <param name="LastSeenUs">Last event of any sort, suppressed ones included.</param>
/// <param name="Events">Events that count.</param>
/// <param name="Exit">Name of the last event that counts.</param>
/// <param name="SuppressedBy">The rule that suppresses it as a whole, or null.</param>
/// <param name="EndedBy">
/// What cut it off before its time: anything but silence; <see cref="SessionEdge.Open"/> when
/// nothing did.
/// </param>
public readonly record struct SessionSpan(
    long StartedUs,
    long LastEventUs,
    long LastSeenUs,
    int Events,
    string Exit,
    string? SuppressedBy,
    SessionEdge EndedBy);

/// <summary>A kind whose own state is a <typeparamref name="TDetail"/>.</summary>
/// <typeparam name="TDetail">An immutable record: what the kind knows of one session.</typeparam>
public abstract class SessionKind<TDetail> : SessionKind
    where TDetail : class
{
    /// <summary>The state after the first event.</summary>
    /// <param name="first">The event.</param>
    /// <param name="settings">What the project decided.</param>
    /// <param name="before">
    /// The last state of the key's session before, leaving out suppressed ones; null when there
    /// is none, or the kind does not remember.
    /// </param>
    protected abstract TDetail First(Event first, ProjectSettings settings, TDetail? before);

    /// <summary>The state after one more event, which is not before the last.</summary>
    protected abstract TDetail Next(TDetail detail, Event next, ProjectSettings settings);

    /// <summary>The state after a heartbeat: somebody is still there.</summary>
    protected virtual TDetail Stay(TDetail detail, long untilUs) => detail;

    /// <summary>
    /// The state with what is told of it as a whole, after all events and actions. It is never
    /// folded any further.
    /// </summary>
    protected virtual TDetail Finish(TDetail detail, ProjectSettings settings) => detail;

    /// <summary>True when the event starts a new session although it is of the same key.</summary>
    protected virtual bool Ends(
        TDetail detail, Event next, ProjectSettings settings, out SessionEdge reason)
    {
        reason = SessionEdge.Open;
        return false;
    }

    /// <summary>The state after an accepted staff action.</summary>
    protected virtual TDetail After(TDetail detail, StaffAction action) => detail;

    /// <summary>The status and end reason, and when time changes them.</summary>
    protected abstract Lifecycle Judge(
        TDetail detail, SessionSpan span, ProjectSettings settings);

    /// <summary>One value for each of <see cref="SessionKind.Fields"/>, in their order.</summary>
    protected abstract IReadOnlyList<object?> Values(TDetail detail, SessionSpan span);

    internal sealed override object Start(
        Event first, ProjectSettings settings, object? before) =>
        First(first, settings, (TDetail?)before);

    internal sealed override object Apply(object detail, Event next, ProjectSettings settings) =>
        Next((TDetail)detail, next, settings);

    internal sealed override object Extend(object detail, long untilUs) =>
        Stay((TDetail)detail, untilUs);

    internal sealed override object Close(object detail, ProjectSettings settings) =>
        Finish((TDetail)detail, settings);

    internal sealed override bool EndsBefore(
        object detail, Event next, ProjectSettings settings, out SessionEdge reason) =>
        Ends((TDetail)detail, next, settings, out reason);

    internal sealed override object Act(object detail, StaffAction action) =>
        After((TDetail)detail, action);

    internal sealed override Lifecycle LifecycleOf(
        object detail, SessionSpan span, ProjectSettings settings) =>
        Judge((TDetail)detail, span, settings);

    internal sealed override IReadOnlyList<object?> ValuesOf(object detail, SessionSpan span) =>
        Values((TDetail)detail, span);
}
