namespace Sojourn.Events;

/// <summary>How far the sender of an event is believed. Higher values are believed more.</summary>
public enum Trust
{
    /// <summary>Sent with a public browser key: anyone may have written it.</summary>
    Claimed = 0,

    /// <summary>Sent with a secret key, a checked signature, or imported by the operator.</summary>
    Verified = 1,

    /// <summary>Done by a signed-in member of staff.</summary>
    Staff = 2,
}
