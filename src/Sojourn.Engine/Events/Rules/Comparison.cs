namespace Sojourn.Events.Rules;

/// <summary>How a test compares. On the wire in snake case. Texts compare without case.</summary>
public enum Comparison
{
    /// <summary>The text is the same.</summary>
    Equals = 0,

    /// <summary>There is none, or it is another.</summary>
    NotEquals,

    /// <summary>The text has it somewhere.</summary>
    Contains,

    /// <summary>There is none, or the text does not have it.</summary>
    NotContains,

    /// <summary>The text begins with it.</summary>
    StartsWith,

    /// <summary>The text ends with it.</summary>
    EndsWith,

    /// <summary>The text as a whole, where <c>*</c> stands for any characters.</summary>
    Like,

    /// <summary>The number is this or greater.</summary>
    AtLeast,

    /// <summary>The number is this or smaller.</summary>
    AtMost,

    /// <summary>There is a value.</summary>
    Exists,

    /// <summary>There is no value.</summary>
    Missing,

    /// <summary>The address is of a network such as <c>10.0.0.0/8</c>.</summary>
    InNetwork,
}
