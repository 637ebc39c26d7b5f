namespace Sojourn.Storage.Columns;

/// <summary>What a query runs on: the blocks of a table at one instant.</summary>
/// <param name="Layout">Where everything is in a block.</param>
/// <param name="Blocks">The blocks, in the order sessions came.</param>
/// <param name="Count">Sessions in them.</param>
internal sealed record TableView(Layout Layout, IReadOnlyList<RowBlock> Blocks, int Count);
