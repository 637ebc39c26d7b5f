namespace Sojourn.Storage.Columns;

/// <summary>What a query runs on: the blocks of a table at one instant.</summary>
/// <param name="Layout">Where everything is in a block.</param>
/// <param name="Blocks">The blocks, in the order sessions came.</param>
/// <param name="Count">Sessions in them.</param>
/// <param name="Used">Rows in them that were ever in use.</param>
internal sealed record TableView(
    Layout Layout, IReadOnlyList<RowBlock> Blocks, int Count, int Used);
