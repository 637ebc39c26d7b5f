namespace Sojourn.Storage;

/// <summary>
/// Messages on their way to people, and the addresses that none may go to. A message is a row
/// until the end: who reads it later sees what became of it.
/// </summary>
public interface IOutbox
{
    /// <summary>
    /// Adds messages, save those whose person had the step of the rule before.
    /// </summary>
    /// <returns>How many were added.</returns>
    Task<int> AddAsync(IReadOnlyList<OutboxRow> rows, CancellationToken cancel);

    /// <summary>
    /// Messages of all projects that something has to be done about, the longest due first.
    /// </summary>
    /// <param name="nowUs">The time, microseconds UTC.</param>
    /// <param name="limit">1 to <see cref="OutboxRow.ListMax"/>.</param>
    /// <param name="cancel">Gives up.</param>
    Task<IReadOnlyList<OutboxRow>> DueAsync(long nowUs, int limit, CancellationToken cancel);

    /// <summary>A message, or null.</summary>
    Task<OutboxRow?> FindAsync(string id, CancellationToken cancel);

    /// <summary>A project's messages, newest first.</summary>
    Task<IReadOnlyList<OutboxRow>> ListAsync(
        string project, OutboxQuery query, CancellationToken cancel);

    /// <summary>A project's messages, counted by rule, state and why.</summary>
    Task<IReadOnlyList<OutboxCount>> CountAsync(string project, CancellationToken cancel);

    /// <summary>
    /// Of each rule the people it was decided about whether to write to them, with the first
    /// decision of each, the last decided first. Only decisions that could go either way.
    /// </summary>
    /// <param name="project">The project.</param>
    /// <param name="afterUs">Decided after this instant, microseconds UTC.</param>
    /// <param name="limit">Most of them, at least 1.</param>
    /// <param name="cancel">Gives up.</param>
    Task<IReadOnlyList<OutboxDecision>> DecidedAsync(
        string project, long afterUs, int limit, CancellationToken cancel);

    /// <summary>
    /// Stores a message that is still of the version the asker saw; false when it is not.
    /// </summary>
    /// <param name="row">As it should be, with the version that was seen.</param>
    /// <param name="cancel">Gives up.</param>
    Task<bool> ChangeAsync(OutboxRow row, CancellationToken cancel);

    /// <summary>
    /// Takes a message for sending, unless its address may not be written to or had its share.
    /// All of it is decided in one transaction, so two servers never both take one.
    /// </summary>
    /// <param name="row">As it should be when taken, with the version that was seen.</param>
    /// <param name="share">How much may be sent.</param>
    /// <param name="cancel">Gives up.</param>
    Task<OutboxClaim> ClaimAsync(OutboxRow row, OutboxShare share, CancellationToken cancel);

    /// <summary>Lets no message go to an address; one that was there stays as it was.</summary>
    /// <returns>False when it was there.</returns>
    Task<bool> SuppressAsync(SuppressedAddress address, CancellationToken cancel);

    /// <summary>Lets messages go to an address again; false when they could.</summary>
    Task<bool> UnsuppressAsync(string project, string addressKey, CancellationToken cancel);

    /// <summary>Why no message goes to an address, or null when it may.</summary>
    Task<SuppressedAddress?> FindSuppressedAsync(
        string project, string addressKey, CancellationToken cancel);

    /// <summary>
    /// The latest <see cref="OutboxRow.ListMax"/> addresses that none may go to, newest first.
    /// </summary>
    Task<IReadOnlyList<SuppressedAddress>> ListSuppressedAsync(
        string project, CancellationToken cancel);
}

/// <summary>Which messages a list shows.</summary>
/// <param name="State">In this state; null = in any.</param>
/// <param name="Before">Older than the one of this id; null = from the newest.</param>
/// <param name="Limit">1 to <see cref="OutboxRow.ListMax"/>.</param>
public sealed record OutboxQuery(string? State = null, string? Before = null, int Limit = 50);

/// <summary>How many messages of a rule are in a state.</summary>
public sealed record OutboxCount(string Rule, string State, string? Why, long Count);

/// <summary>That a person is written to by a rule or left alone.</summary>
/// <param name="Id">The message's.</param>
/// <param name="Person">The person's key.</param>
/// <param name="Session">The session that the message is about.</param>
/// <param name="Rule">The rule that asks for it.</param>
/// <param name="Address">Where it goes.</param>
/// <param name="Arm">What was decided, and when.</param>
/// <param name="State">What became of the message, one of <see cref="OutboxStates"/>.</param>
/// <param name="Why">Why it is in that state, or null.</param>
public sealed record OutboxDecision(
    string Id, string Person, string Session, string Rule, string Address, OutboxArm Arm,
    string State, string? Why);

/// <summary>How much may be sent.</summary>
/// <param name="PersonSinceUs">
/// Not to whom another message was tried after this instant, microseconds UTC.
/// </param>
/// <param name="ProjectSinceUs">What the project sent after this instant counts.</param>
/// <param name="ProjectMax">How many the project may have sent since.</param>
public sealed record OutboxShare(long PersonSinceUs, long ProjectSinceUs, int ProjectMax);

/// <summary>How taking a message ended.</summary>
/// <param name="Outcome">Whether it is taken.</param>
/// <param name="SinceUs">
/// When the message was tried that leaves no room for this one, microseconds UTC; else null.
/// </param>
public sealed record OutboxClaim(OutboxOutcome Outcome, long? SinceUs = null);

/// <summary>Whether a message was taken.</summary>
public enum OutboxOutcome
{
    /// <summary>It is; nobody else has it.</summary>
    Taken,

    /// <summary>Somebody else changed it.</summary>
    Stale,

    /// <summary>Its address may not be written to.</summary>
    Suppressed,

    /// <summary>The person had another message.</summary>
    PersonHadOne,

    /// <summary>The project sent as many as it may.</summary>
    ProjectFull,
}

/// <summary>An address that no message goes to.</summary>
/// <param name="Project">The project.</param>
/// <param name="AddressKey">A keyed hash of the address, which is not kept itself.</param>
/// <param name="Shown">Enough of it for people to tell it, e.g. <c>a•••@shop.example</c>.</param>
/// <param name="Why">Why, in a stable word.</param>
/// <param name="By">Who or what put it here.</param>
/// <param name="AtUs">When, microseconds UTC.</param>
public sealed record SuppressedAddress(
    string Project, string AddressKey, string Shown, string Why, string By, long AtUs);
