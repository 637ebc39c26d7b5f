namespace Sojourn.Server.Pages.Outreach;

/// <summary>Who opened the link in a mail.</summary>
/// <param name="Address">Enough of the address to tell it, never all of it.</param>
/// <param name="Shop">Who wrote.</param>
/// <param name="IsOut">True when nothing is written to the address any more.</param>
public sealed record OptOutReader(string Address, string Shop, bool IsOut);
