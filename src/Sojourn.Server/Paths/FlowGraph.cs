namespace Sojourn.Server.Paths;

/// <summary>What a node of the flows stands for.</summary>
public enum FlowKind
{
    /// <summary>One step at its place.</summary>
    Step,

    /// <summary>The rarer steps at a place, together.</summary>
    Others,

    /// <summary>Sessions that took no step.</summary>
    NoStep,

    /// <summary>One conversion.</summary>
    Goal,

    /// <summary>The other conversions, together.</summary>
    OtherGoals,

    /// <summary>No conversion.</summary>
    Left,
}

/// <summary>Some of the sessions at one place of their paths.</summary>
/// <param name="Id">Unique in its graph.</param>
/// <param name="Column">Which column it stands in, from 0; the last has the outcomes.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="Name">The step or conversion; for several how many they are; else empty.</param>
/// <param name="Sessions">The sessions that came through it.</param>
public sealed record FlowNode(
    string Id, int Column, FlowKind Kind, string Name, Figure Sessions);

/// <summary>Sessions that went from one node straight to another.</summary>
/// <param name="From">The id of the node they came from.</param>
/// <param name="To">The id of the node they went to.</param>
/// <param name="Sessions">Those sessions.</param>
public sealed record FlowLink(string From, string To, Figure Sessions);

/// <summary>From the first step to the outcome, column by column.</summary>
/// <param name="Columns">How many columns there are.</param>
/// <param name="Nodes">By column, the greatest first; "others" after them.</param>
/// <param name="Links">The greatest first.</param>
/// <param name="Undrawn">
/// Sessions of which a part is not drawn, because no address could name all that it stands for.
/// </param>
public sealed record FlowGraph(
    int Columns, IReadOnlyList<FlowNode> Nodes, IReadOnlyList<FlowLink> Links, long Undrawn);
